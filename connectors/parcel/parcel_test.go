package parcel

import (
	"archive/tar"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filippo.io/age"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
)

var made = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

type person struct {
	secret string
	card   handover.Card
}

func somebody(t testing.TB, name string) person {
	t.Helper()
	secret, err := Parcels{}.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	card, err := Parcels{}.Card(secret, name)
	if err != nil {
		t.Fatal(err)
	}
	return person{secret, card}
}

var files = []handover.File{{Name: "content.json", Data: []byte(`{"firm":"甲"}`)}, {Name: "blob/0a", Data: bytes.Repeat([]byte{7}, 100_000)}, {Name: "empty", Data: []byte{}}}

func sealed(t testing.TB, from person, to ...handover.Card) []byte {
	t.Helper()
	m := handover.Manifest{Kind: handover.KindHandover, ID: "p1", Made: made, From: handover.Card{Name: "甲"}}
	data, err := Parcels{}.Seal(from.secret, m, to, files)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func wantRefused(t *testing.T, err error, words string) {
	t.Helper()
	if survey.CodeOf(err) != survey.CodeParcel || !strings.Contains(survey.DetailOf(err), words) {
		t.Errorf("got %v, want E0209 with %q", err, words)
	}
}

func TestEveryRecipientGetsTheFilesAndTheSender(t *testing.T) {
	a, b, c := somebody(t, "甲"), somebody(t, "乙"), somebody(t, "丙")
	data := sealed(t, a, b.card, c.card)
	for _, to := range []person{b, c} {
		p, err := Parcels{}.Open(to.secret, []handover.Card{b.card, a.card}, data)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(files, p.Files); d != "" || p.From != a.card || p.Manifest.Kind != handover.KindHandover || !p.Manifest.Made.Equal(made) {
			t.Errorf("%s %+v", d, p.Manifest)
		}
	}
	if bytes.Contains(data, []byte("content.json")) {
		t.Error("the file says in plain what is inside")
	}
}

func TestWhatIsNotForHereOrNotFromAKnownSenderIsRefused(t *testing.T) {
	a, b, c := somebody(t, "甲"), somebody(t, "乙"), somebody(t, "丙")
	data := sealed(t, a, b.card)
	_, err := Parcels{}.Open(c.secret, []handover.Card{a.card}, data)
	wantRefused(t, err, "不是封给本机的")
	_, err = Parcels{}.Open(b.secret, []handover.Card{c.card}, data)
	wantRefused(t, err, "联系人")
	_, err = Parcels{}.Open(b.secret, nil, data)
	wantRefused(t, err, "联系人")
	posing := a.card // a known name with another key
	posing.Key = c.card.Key
	_, err = Parcels{}.Open(b.secret, []handover.Card{posing}, data)
	wantRefused(t, err, "联系人")
}

// TestAParcelSealedOnToSomebodyElseIsRefused: b opens what a sent him and seals it for c, with a's manifest, or signs the outside himself.
func TestAParcelSealedOnToSomebodyElseIsRefused(t *testing.T) {
	a, b, c := somebody(t, "甲"), somebody(t, "乙"), somebody(t, "丙")
	outer, err := unpack(sealed(t, a, b.card), MaxParcel)
	if err != nil {
		t.Fatal(err)
	}
	bID, err := readIdentity(b.secret)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(outer[1].Data), bID.age)
	if err != nil {
		t.Fatal(err)
	}
	var plain, again bytes.Buffer
	if _, err := plain.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	to, _ := age.ParseX25519Recipient(c.card.Recipient)
	w, err := age.Encrypt(&again, to)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(plain.Bytes())
	_ = w.Close()
	forged := pack([]handover.File{{Name: outerSig, Data: sign(bID.sign, again.Bytes())}, {Name: outerAge, Data: again.Bytes()}}, made)
	_, err = Parcels{}.Open(c.secret, []handover.Card{a.card, b.card}, forged)
	wantRefused(t, err, "清单不是寄件人签的")
	id, _ := readIdentity(c.secret) // and were the outside a's own: the manifest names another recipient
	_, err = id.read(plain.Bytes(), a.card)
	wantRefused(t, err, "收件人不是本机")
}

// TestWhatASignedManifestDoesNotSayIsRefused goes past the encryption, as somebody could who has the key of the outside only.
func TestWhatASignedManifestDoesNotSayIsRefused(t *testing.T) {
	a, b := somebody(t, "甲"), somebody(t, "乙")
	id, err := readIdentity(b.secret)
	if err != nil {
		t.Fatal(err)
	}
	outer, err := unpack(sealed(t, a, b.card), MaxParcel)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(outer[1].Data), id.age)
	if err != nil {
		t.Fatal(err)
	}
	var plain bytes.Buffer
	if _, err := plain.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	for words, change := range map[string][2]string{
		"清单不是寄件人签的": {`"kind":"handover"`, `"kind":"handoveR"`},
		"文件与清单不符":   {`{"firm":"甲"}`, `{"firm":"乙"}`},
	} {
		bad := bytes.Replace(plain.Bytes(), []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(bad, plain.Bytes()) {
			t.Fatalf("%s is not there", change[0])
		}
		_, err := id.read(bad, a.card)
		wantRefused(t, err, words)
	}
}

// TestASignatureOfAnotherParcelIsRefused: the outside is held to its own signature before anything is decrypted.
func TestASignatureOfAnotherParcelIsRefused(t *testing.T) {
	a, b := somebody(t, "甲"), somebody(t, "乙")
	one, err := unpack(sealed(t, a, b.card), MaxParcel)
	if err != nil {
		t.Fatal(err)
	}
	two, err := unpack(sealed(t, a, b.card), MaxParcel)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Parcels{}.Open(b.secret, []handover.Card{a.card}, pack([]handover.File{one[0], two[1]}, made))
	wantRefused(t, err, "内容被改动")
}

// TestASizeThatIsOnlyAnnouncedCostsNoMemory: a small file that speaks of 400 MB is refused before room for them is made.
func TestASizeThatIsOnlyAnnouncedCostsNoMemory(t *testing.T) {
	data := pack([]handover.File{{Name: "a", Data: []byte("x")}}, made)
	copy(data[124:136], fmt.Sprintf("%011o\x00", 400<<20))
	copy(data[148:156], "        ")
	sum := 0
	for _, c := range data[:512] {
		sum += int(c)
	}
	copy(data[148:156], fmt.Sprintf("%06o\x00 ", sum))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := unpack(data, MaxParcel)
	runtime.ReadMemStats(&after)
	if err == nil || after.TotalAlloc-before.TotalAlloc > 10<<20 {
		t.Errorf("%v, %d bytes were made", err, after.TotalAlloc-before.TotalAlloc)
	}
}

func TestAnyFlippedByteIsRefused(t *testing.T) {
	a, b := somebody(t, "甲"), somebody(t, "乙")
	data := sealed(t, a, b.card)
	opened := 0
	for i := 0; i < len(data); i += 1 + len(data)/600 {
		bad := bytes.Clone(data)
		bad[i] ^= 0x40
		p, err := Parcels{}.Open(b.secret, []handover.Card{a.card}, bad)
		if err == nil { // padding or a time stamp of the outer tar: nothing that is believed
			if opened++; !cmp.Equal(files, p.Files) {
				t.Fatalf("byte %d changed what came out", i)
			}
			continue
		}
		if survey.CodeOf(err) != survey.CodeParcel {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
	if opened > 40 {
		t.Errorf("%d flips went unnoticed", opened)
	}
	for _, n := range []int{0, 1, 511, 512, 513, len(data) / 2, len(data) - 1500} {
		if _, err := (Parcels{}).Open(b.secret, []handover.Card{a.card}, data[:n]); survey.CodeOf(err) != survey.CodeParcel || err == nil {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
}

func TestHostileTarsAreRefused(t *testing.T) {
	write := func(hs ...tar.Header) []byte {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, h := range hs {
			if err := w.WriteHeader(&h); err != nil {
				t.Fatal(err)
			}
			_, _ = w.Write(make([]byte, h.Size))
		}
		_ = w.Close()
		return b.Bytes()
	}
	huge := write(tar.Header{Name: "a", Size: 10, Mode: 0o600})
	copy(huge[124:136], "77777777777\x00") // 8 GiB announced
	for name, data := range map[string][]byte{
		"climbs out":       write(tar.Header{Name: "../x", Mode: 0o600}),
		"climbs inside":    write(tar.Header{Name: "a/../../x", Mode: 0o600}),
		"absolute":         write(tar.Header{Name: "/etc/x", Mode: 0o600}),
		"link":             write(tar.Header{Name: "a", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}),
		"folder":           write(tar.Header{Name: "a/", Typeflag: tar.TypeDir}),
		"doubled":          write(tar.Header{Name: "a", Size: 1, Mode: 0o600}, tar.Header{Name: "a", Size: 1, Mode: 0o600}),
		"huge":             huge,
		"huge manifest":    write(tar.Header{Name: innerName, Size: maxManifest + 1, Mode: 0o600}),
		"something behind": append(write(tar.Header{Name: "a", Size: 1, Mode: 0o600}), "x"...),
		"backslash":        write(tar.Header{Name: `a\b`, Mode: 0o600}),
		"hidden":           write(tar.Header{Name: ".a", Mode: 0o600}),
	} {
		if _, err := unpack(data, MaxParcel); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// TestDebianReadsParcels holds the format against independent programs: age decrypts, minisign verifies, a flipped byte is refused by both.
func TestDebianReadsParcels(t *testing.T) {
	if os.Getenv("SHANGYUN_PEERS") == "" {
		t.Skip("set SHANGYUN_PEERS=1: needs Debian's age and minisign")
	}
	for _, name := range []string{"age", "minisign", "tar"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatal(err)
		}
	}
	a, b := somebody(t, "甲"), somebody(t, "乙")
	dir := t.TempDir()
	put := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(ok bool, name string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); (err == nil) != ok {
			t.Errorf("%s %v: %v\n%s", name, args, err, out)
		}
	}
	ageKey, _, _ := strings.Cut(b.secret, ".")
	put("p.syparcel", sealed(t, a, b.card))
	put("key.txt", []byte(ageKey+"\n"))
	run(true, "tar", "xf", "p.syparcel")
	run(true, "minisign", "-V", "-P", a.card.Key, "-m", outerAge, "-x", outerSig)
	run(true, "age", "-d", "-i", "key.txt", "-o", "plain.tar", outerAge)
	run(true, "tar", "xf", "plain.tar")
	run(true, "minisign", "-V", "-P", a.card.Key, "-m", innerName, "-x", innerSig)
	run(false, "minisign", "-V", "-P", b.card.Key, "-m", innerName, "-x", innerSig)
	for _, f := range files {
		got, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, outerAge))
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	put("bad.age", data)
	run(false, "minisign", "-V", "-P", a.card.Key, "-m", "bad.age", "-x", outerSig)
	run(false, "age", "-d", "-i", "key.txt", "-o", "bad.tar", "bad.age")

	// And the other way: what Debian's programs sealed, this one opens.
	id, err := readIdentity(a.secret)
	if err != nil {
		t.Fatal(err)
	}
	put("in.tar", mustPlain(t, id, b.card))
	run(true, "age", "-r", b.card.Recipient, "-o", "theirs.age", "in.tar")
	theirs, err := os.ReadFile(filepath.Join(dir, "theirs.age"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parcels{}.Open(b.secret, []handover.Card{a.card}, pack([]handover.File{{Name: outerSig, Data: sign(id.sign, theirs)}, {Name: outerAge, Data: theirs}}, made))
	if err != nil || !cmp.Equal(files, p.Files) {
		t.Error(err)
	}
}

// mustPlain gives what is inside a parcel of this identity, before encryption.
func mustPlain(t *testing.T, id identity, to handover.Card) []byte {
	t.Helper()
	reader := somebody(t, "x")
	outer, err := unpack(sealed(t, person{secret: secretOf(t, id)}, to, reader.card), MaxParcel)
	if err != nil {
		t.Fatal(err)
	}
	rid, err := readIdentity(reader.secret)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(outer[1].Data), rid.age)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func secretOf(t *testing.T, id identity) string {
	t.Helper()
	raw, err := id.sign.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	return id.age.String() + "." + base64.RawStdEncoding.EncodeToString(raw)
}

func TestCardsThatAreNoneAreRefused(t *testing.T) {
	a := somebody(t, "甲")
	if c, err := handover.ReadCard(" " + a.card.String()[:40] + "\n" + a.card.String()[40:]); err != nil || c != a.card {
		t.Errorf("%+v %v", c, err)
	}
	for _, c := range []handover.Card{{}, {Recipient: a.card.Recipient, Key: "x"}, {Recipient: "age1x", Key: a.card.Key}, {Recipient: a.card.Recipient, Key: a.card.Key + "\n"}} {
		wantRefused(t, Parcels{}.CheckCard(c), "名片")
	}
	if a.card.Fingerprint() == somebody(t, "甲").card.Fingerprint() || len(a.card.Fingerprint()) != 47 {
		t.Error(a.card.Fingerprint())
	}
}

func FuzzOpen(f *testing.F) {
	a, b := somebody(f, "甲"), somebody(f, "乙")
	data := sealed(f, a, b.card)
	f.Add(data, false)
	outer, _ := unpack(data, MaxParcel)
	id, _ := readIdentity(b.secret)
	r, err := age.Decrypt(bytes.NewReader(outer[1].Data), id.age)
	if err != nil {
		f.Fatal(err)
	}
	var plain bytes.Buffer
	_, _ = plain.ReadFrom(r)
	f.Add(plain.Bytes(), true)
	f.Fuzz(func(t *testing.T, data []byte, inner bool) {
		var err error
		if inner { // past the encryption, as a known sender could
			_, err = id.read(data, a.card)
		} else {
			_, err = Parcels{}.Open(b.secret, []handover.Card{a.card}, data)
		}
		if err != nil && survey.CodeOf(err) != survey.CodeParcel {
			t.Fatal(err)
		}
	})
}
