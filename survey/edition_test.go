package survey

import (
	"strings"
	"testing"
)

// TestAnEditionIsKeptToTheByte: what comes out is what went in, in a fraction of the room; a text that was changed is refused.
func TestAnEditionIsKeptToTheByte(t *testing.T) {
	file := strings.Repeat("items: 企业的生产设备联网率\n", 500)
	e, err := EditionOf("miit-2024", "评测指标", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	back, err := e.File()
	if err != nil || string(back) != file || len(e.Text) > len(file)/10 {
		t.Fatalf("%d bytes in %d, %v", len(back), len(e.Text), err)
	}
	other, err := EditionOf("miit-2024", "评测指标", []byte(file+" "))
	if err != nil || other.Digest == e.Digest {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"another file": other.Text, "no base64": "%", "no gzip": "aGFsbG8=", "nothing": "", "cut off": e.Text[:len(e.Text)/8*4]} {
		bad := e
		bad.Text = text
		if got, err := bad.File(); err == nil {
			t.Errorf("%s gives %d bytes", name, len(got))
		}
	}
	if _, err := EditionOf("x", "x", nil); err == nil {
		t.Error("an empty file is no edition")
	}
}
