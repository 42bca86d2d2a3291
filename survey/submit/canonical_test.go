package submit_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gowebpki/jcs"

	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestCanonicalFormOfRFC8785(t *testing.T) {
	cases := map[string]string{
		`{"b":1,"a":2}`: `{"a":2,"b":1}`,
		// RFC 8785 section 3.2.3: sorted by UTF-16 code units, not by bytes.
		`{"\u20ac":"Euro","\r":"CR","\ufb33":"Dalet","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"}`: "{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"o\",\"€\":\"Euro\",\"😀\":\"Emoji\",\"\ufb33\":\"Dalet\"}",
		`"\u000f\u0008\u0009\n\f\r\"\\\/\u007f<>&"`:           "\"\\u000f\\b\\t\\n\\f\\r\\\"\\\\/\u007f<>&\"",
		` [ 1 , -9007199254740991 , true , null , {} , [] ] `: `[1,-9007199254740991,true,null,{},[]]`,
		`0`: `0`,
	}
	for in, want := range cases {
		got, err := submit.Canonical([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("%s\n got %s, %v\nwant %s", in, got, err, want)
		}
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for _, in := range []string{
		``, ` `, `{`, `[1,]`, `[,1]`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `[1 2]`, `tru`, `nul`, `1 2`, `"`, `"\x"`, `"\u12"`, `"\u+123"`,
		`1.0`, `1e3`, `-0`, `01`, `-`, `+1`, `9007199254740992`, `-9007199254740992`, `99999999999999999999`,
		`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `"\ud800"`, `"\udc00"`, `"\ud800\u0041"`, "\"\xff\"", "\"\x01\"", "\"a\nb\"",
		strings.Repeat("[", submit.MaxDepth+2) + strings.Repeat("]", submit.MaxDepth+2),
	} {
		if got, err := submit.Canonical([]byte(in)); err == nil {
			t.Errorf("%q became %s", in, got)
		}
	}
	_, err := submit.Canonical([]byte(`{"a/b":[0,{"~":1.5}]}`))
	if err == nil || !strings.Contains(err.Error(), `"/a~1b/1/~0"`) {
		t.Errorf("the place is not named: %v", err)
	}
}

// FuzzCanonical holds the small canonicaliser against an independent one.
func FuzzCanonical(f *testing.F) {
	for _, s := range []string{`{"b":[1,{"c":"\u00e9\ud83d\ude00"}],"a":null}`, `{"\ufb33":1,"\ud83d\ude00":2}`, `-5`, `"\/"`, ` [ ] `, `{"":""}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := submit.Canonical(in)
		if err != nil {
			return
		}
		again, err := submit.Canonical(got)
		if err != nil || !bytes.Equal(got, again) {
			t.Fatalf("not stable: %q → %q, %v", got, again, err)
		}
		// The peer takes only arrays and objects at the top.
		want, err := jcs.Transform(append(append([]byte("["), in...), ']'))
		if err != nil {
			t.Fatalf("accepted what the peer refuses: %q: %v", in, err)
		}
		if !bytes.Equal(append(append([]byte("["), got...), ']'), want) {
			t.Errorf("%q\n got %s\nwant %s", in, got, want)
		}
	})
}
