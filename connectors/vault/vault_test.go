package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/zalando/go-keyring"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

const pass = "一个很长的口令 42"

// quick lets tests that are not about strength derive keys at once.
func quick(t *testing.T) {
	t.Helper()
	had := strength
	strength = kdf{Name: "argon2id", Time: 1, Memory: 64, Threads: 1}
	t.Cleanup(func() { strength = had })
}

func create(t *testing.T, o Options) (dir string, v *Vault, code string) {
	t.Helper()
	dir = t.TempDir()
	v, code, err := Create(dir, o, noon)
	if err != nil {
		t.Fatal(err)
	}
	return dir, v, code
}

func reopen(t *testing.T, dir string) *Vault {
	t.Helper()
	v, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func want(t *testing.T, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Helper()
		t.Fatalf("got %v, want %v", err, kind)
	}
}

func readFile(t *testing.T, dir string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNewPassphrasesAreStretchedAsPromised(t *testing.T) {
	if strength.Memory < 64<<10 || strength.Time < 3 {
		t.Errorf("strength is %+v, less than 64 MiB or 3 passes", strength)
	}
}

func TestEveryWayInOpensWhatWasSealed(t *testing.T) {
	quick(t)
	keyring.MockInit()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	dir, v, code := create(t, Options{Passphrase: pass, Keyring: true, Recipients: []string{id.Recipient().String()}})
	sealed, err := v.Seal([]byte("x"), []byte("株洲恒硬"))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]func(*Vault) error{
		"passphrase": func(v *Vault) error { return v.Unlock(pass, noon) },
		"recovery":   func(v *Vault) error { return v.UnlockRecovery(code, noon) },
		"recovery, misread": func(v *Vault) error {
			return v.UnlockRecovery(" "+strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(code, "-", " "), "0", "O")), noon)
		},
		"keyring":   func(v *Vault) error { return v.UnlockKeyring() },
		"recipient": func(v *Vault) error { return v.UnlockIdentity(id.String(), noon) },
	} {
		v := reopen(t, dir)
		if _, err := v.Open([]byte("x"), sealed); !v.Locked() || !errors.Is(err, ErrLocked) {
			t.Errorf("%s: open before: %v", name, err)
		}
		if err := in(v); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if b, err := v.Open([]byte("x"), sealed); err != nil || string(b) != "株洲恒硬" {
			t.Errorf("%s: %q, %v", name, b, err)
		}
		v.Lock()
		if _, err := v.Seal(nil, nil); !errors.Is(err, ErrLocked) {
			t.Errorf("%s: after Lock: %v", name, err)
		}
	}
	for _, s := range []string{pass, code, strings.ReplaceAll(code, "-", "")} {
		if bytes.Contains(readFile(t, dir), []byte(s)) {
			t.Error("the file holds a secret")
		}
	}
}

func TestTheKeyringIsNeverTheOnlyWay(t *testing.T) {
	quick(t)
	keyring.MockInit()
	dir := t.TempDir()
	_, _, err := Create(dir, Options{Keyring: true}, noon)
	want(t, err, ErrOnlyWay)
	_, _, err = Create(dir, Options{Recipients: []string{"age1"}}, noon)
	want(t, err, ErrOnlyWay)
	if _, err := os.Stat(filepath.Join(dir, FileName)); !os.IsNotExist(err) {
		t.Error("a file was left")
	}
	_, v, _ := create(t, Options{})
	want(t, v.AddKeyring(noon), ErrOnlyWay)
	f := v.file.without(Plain).with(slot{Kind: Keyring})
	want(t, f.write(dir), ErrOnlyWay)
	_, v, _ = create(t, Options{Passphrase: pass})
	if err := v.AddKeyring(noon); err != nil {
		t.Error(err)
	}
}

func TestSettingChangingAndRemovingThePassphraseKeepsTheKey(t *testing.T) {
	quick(t)
	dir, v, none := create(t, Options{})
	if v.Locked() || v.Protected() || none != "" {
		t.Error("a plain vault asks for something")
	}
	sealed, _ := v.Seal(nil, []byte("a"))
	bare := bytes.Clone(v.file.Slots[0].Key)
	code, err := v.Change("", pass, noon)
	if err != nil || !IsRecoveryCode(code) {
		t.Fatal(code, err)
	}
	if v := reopen(t, dir); !v.Locked() || !v.Protected() || bytes.Equal(v.file.Slots[0].Key, bare) {
		t.Error("a bare key is still there")
	}
	_, err = v.Change("not the old one", "another passphrase", noon)
	want(t, err, ErrWrong)
	_, err = v.Change(pass, "short", noon)
	want(t, err, ErrWeak)
	again, err := v.Change(pass, "another passphrase", noon)
	if err != nil || again != "" {
		t.Fatalf("second code %q, %v", again, err)
	}
	want(t, reopen(t, dir).Unlock(pass, noon), ErrWrong)
	fresh, err := v.NewRecovery("another passphrase", noon)
	if err != nil {
		t.Fatal(err)
	}
	want(t, reopen(t, dir).UnlockRecovery(code, noon.Add(time.Hour)), ErrWrong)
	v = reopen(t, dir)
	if err := v.UnlockRecovery(fresh, noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := v.Reset("a third passphrase", noon); err != nil {
		t.Fatal(err)
	}
	want(t, v.Remove("another passphrase", noon), ErrWrong)
	if err := v.Remove("a third passphrase", noon); err != nil {
		t.Fatal(err)
	}
	v = reopen(t, dir)
	if b, err := v.Open(nil, sealed); err != nil || string(b) != "a" {
		t.Errorf("%q, %v", b, err)
	}
}

func TestWrongPassphrasesWaitLongerAndLongerAcrossStarts(t *testing.T) {
	quick(t)
	dir, _, code := create(t, Options{Passphrase: pass})
	at := noon
	var waits []time.Duration
	for range 6 {
		v := reopen(t, dir) // every try in a program of its own
		want(t, v.Unlock("wrong, quite", at), ErrWrong)
		waits = append(waits, v.Wait(at))
		at = at.Add(v.Wait(at))
	}
	for i, w := range []time.Duration{0, 0, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second} {
		if waits[i] != w {
			t.Errorf("after %d wrong tries: %v, want %v", i+1, waits[i], w)
		}
	}
	v := reopen(t, dir)
	want(t, v.Unlock("wrong, quite", at), ErrWrong)
	var wait *WaitError
	if err := v.Unlock(pass, at); !errors.As(err, &wait) || wait.Left != 32*time.Second {
		t.Errorf("the right one at once: %v", err)
	}
	if err := v.UnlockRecovery(code, at); !errors.As(err, &wait) {
		t.Errorf("the code at once: %v", err)
	}
	want(t, v.UnlockRecovery(code[:len(code)-1]+"Z", at.Add(time.Hour)), ErrMistyped)
	if left := v.Wait(at.Add(-24 * time.Hour)); left != 32*time.Second {
		t.Errorf("with a clock set back: %v", left)
	}
	if err := v.Unlock(pass, at.Add(32*time.Second)); err != nil {
		t.Fatal(err)
	}
	if v := reopen(t, dir); v.Wait(at) != 0 {
		t.Error("the right passphrase did not end the delay")
	}
	if d := (tries{Failures: 1000}).delay(); d != longestDelay {
		t.Errorf("longest delay %v", d)
	}
}

func TestAWeakerSlotIsStrengthenedWhenUsed(t *testing.T) {
	quick(t)
	dir, _, code := create(t, Options{Passphrase: pass})
	strength.Time, strength.Memory = 2, 128
	if err := reopen(t, dir).Unlock(pass, noon); err != nil {
		t.Fatal(err)
	}
	v := reopen(t, dir)
	if s, _ := v.file.first(Passphrase); *s.KDF != strength {
		t.Errorf("slot has %+v", s.KDF)
	}
	if err := errors.Join(v.Unlock(pass, noon), v.UnlockRecovery(code, noon)); err != nil {
		t.Error(err)
	}
}

func TestASealHoldsItsPlaceAndEveryBit(t *testing.T) {
	for _, c := range []Cipher{AES256GCM, SM4GCM} {
		_, v, _ := create(t, Options{Cipher: c})
		place, plain := []byte("fact|x|payload|1"), []byte("46800000.00")
		a, err := v.Seal(place, plain)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := v.Seal(place, plain)
		if bytes.Equal(a, b) || a[0] != formats[c] || len(a) != len(plain)+Overhead {
			t.Errorf("%s: two seals are equal or not of the form", c)
		}
		if got, err := v.Open(place, a); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: %q, %v", c, got, err)
		}
		_, err = v.Open([]byte("fact|x|payload|2"), a)
		want(t, err, ErrDamaged)
		for i := range a {
			a[i] ^= 4
			_, err := v.Open(place, a)
			want(t, err, ErrDamaged)
			a[i] ^= 4
		}
		for n := range Overhead {
			_, err := v.Open(place, a[:n])
			want(t, err, ErrDamaged)
		}
	}
}

func TestADamagedOrNewerFileIsRefusedAndLeftAlone(t *testing.T) {
	dir, _, _ := create(t, Options{})
	good := readFile(t, dir)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"cut":         {good[:len(good)/2], ErrDamaged},
		"empty":       {nil, ErrDamaged},
		"newer":       {bytes.Replace(good, []byte(`"format": 1`), []byte(`"format": 2`), 1), ErrNewer},
		"other check": {bytes.Replace(good, []byte(`"check": "`), []byte(`"check": "A`), 1), ErrDamaged},
		"huge":        {bytes.Repeat([]byte(" "), maxFile+1), ErrDamaged},
	} {
		if err := os.WriteFile(filepath.Join(dir, FileName), c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if !bytes.Equal(readFile(t, dir), c.data) {
			t.Errorf("%s: the file was changed", name)
		}
	}
	_, _, err := Create(dir, Options{}, noon)
	want(t, err, ErrExists)
}

func TestLockClearsTheMasterKey(t *testing.T) {
	quick(t)
	_, v, _ := create(t, Options{Passphrase: pass})
	held := v.master
	v.Lock()
	if !bytes.Equal(held, make([]byte, KeySize)) {
		t.Error("the key is still in memory")
	}
}

func TestHalfWrittenFilesAreSwept(t *testing.T) {
	dir, _, _ := create(t, Options{})
	left := filepath.Join(dir, FileName+".part-1")
	if err := os.WriteFile(left, readFile(t, dir), 0o600); err != nil {
		t.Fatal(err)
	}
	reopen(t, dir)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("a copy of the bare key was left")
	}
}

func FuzzVaultFile(f *testing.F) {
	dir := f.TempDir()
	for _, o := range []Options{{}, {Cipher: SM4GCM}} {
		if _, _, err := Create(dir, o, noon); err != nil {
			f.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, FileName))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/3])
		if err := os.Remove(filepath.Join(dir, FileName)); err != nil {
			f.Fatal(err)
		}
	}
	f.Add([]byte(`{"format":1,"id":"00000000000000000000000000000000","cipher":"aes-256-gcm","check":"","slots":[{"kind":"passphrase","kdf":{"name":"argon2id","time":4294967295,"memory":4294967295,"threads":255}}]}`))
	f.Add([]byte(`{"format":9}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := parse(data)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
				t.Errorf("unknown error %v", err)
			}
			return
		}
		for _, s := range got.Slots {
			if s.KDF != nil && (s.KDF.Memory > 1<<20 || s.KDF.Time > 32) {
				t.Errorf("limits are not held: %+v", s.KDF)
			}
			if _, err := got.unwrap(s, make([]byte, KeySize)); err == nil && s.Kind != Plain {
				t.Error("a foreign slot opened")
			}
		}
	})
}

func BenchmarkUnlock(b *testing.B) {
	salt := newSalt()
	for b.Loop() {
		strength.key(pass, salt)
	}
}

func BenchmarkSealAndOpen(b *testing.B) {
	for _, c := range []Cipher{AES256GCM, SM4GCM} {
		k, err := newKey(c, RandomKey())
		if err != nil {
			b.Fatal(err)
		}
		for name, size := range map[string]int{"row": 512, "5MB": 5 << 20} {
			plain, place := make([]byte, size), []byte("fact|x|payload|1")
			b.Run(string(c)+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					if _, err := k.Open(place, k.Seal(place, plain)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
