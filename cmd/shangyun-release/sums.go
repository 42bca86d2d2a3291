package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"aead.dev/minisign"

	"github.com/shangyuntong/shangyun/installer"
)

type sbomCmd struct {
	Program string `arg:"" type:"existingfile" help:"编译好的程序。"`
	Out     string `required:"" type:"path" help:"写到这个文件。"`
}

// Run reads the parts out of a built program, so that the list is what was linked and not what was meant.
func (c *sbomCmd) Run() error {
	info, err := buildinfo.ReadFile(c.Program)
	if err != nil {
		return err
	}
	data, err := installer.SBOM(strings.TrimSuffix(filepath.Base(c.Program), ".exe"), info)
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, append(data, '\n'), 0o644)
}

// sumsName is the list of digests; its signature has .minisig behind it, as minisign has it.
const sumsName = "SHA256SUMS"

type sumsCmd struct {
	Folder string `arg:"" type:"existingdir" help:"发布文件夹。"`
	Key    string `required:"" type:"existingfile" help:"签名私钥（minisign）。"`
}

// Run writes the digest of every file below the folder and signs the list.
func (c *sumsCmd) Run() error {
	key, err := privateKey(c.Key)
	if err != nil {
		return err
	}
	list, err := digests(c.Folder)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Folder, sumsName), list, 0o644); err != nil {
		return err
	}
	signature := minisign.SignWithComments(key, list, "shangyun "+installer.Version()+" "+sumsName, "signature from shangyun release key")
	return os.WriteFile(filepath.Join(c.Folder, sumsName+".minisig"), signature, 0o644)
}

// digests lists the files below a folder in name order, as sha256sum does.
func digests(folder string) ([]byte, error) {
	var out bytes.Buffer
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), sumsName) {
			return err
		}
		sum, err := digest(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		fmt.Fprintf(&out, "%s  %s\n", sum, filepath.ToSlash(rel))
		return err
	})
	return out.Bytes(), err
}

func digest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

type verifyCmd struct {
	Folder string `arg:"" type:"existingdir" help:"发布文件夹。"`
	Pub    string `required:"" type:"existingfile" help:"发布者的公钥。"`
}

// Run holds the files against the list and the list against its signature.
func (c *verifyCmd) Run() error {
	key, err := minisign.PublicKeyFromFile(c.Pub)
	if err != nil {
		return err
	}
	list, err := os.ReadFile(filepath.Join(c.Folder, sumsName))
	if err != nil {
		return err
	}
	signature, err := os.ReadFile(filepath.Join(c.Folder, sumsName+".minisig"))
	if err != nil {
		return err
	}
	if !minisign.Verify(key, list, signature) {
		return errors.New(sumsName + " 的签名不对，不要使用这些文件")
	}
	now, err := digests(c.Folder)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, list) {
		return errors.New("文件与 " + sumsName + " 不符，不要使用")
	}
	fmt.Printf("签名有效，%d 个文件相符\n", bytes.Count(list, []byte("\n")))
	return nil
}

type keyCmd struct {
	Secret string `required:"" type:"path" help:"私钥写到这个文件，不要放进源码。"`
	Public string `required:"" type:"path" help:"公钥写到这个文件。"`
}

// Run makes a pair; an existing secret key is never written over.
func (c *keyCmd) Run() error {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	text, err := secret.MarshalText()
	if err != nil {
		return err
	}
	if password := os.Getenv("SHANGYUN_KEY_PASSWORD"); password != "" {
		if text, err = minisign.EncryptKey(password, secret); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(c.Secret), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(c.Secret, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("私钥没有写成（已有的不会覆盖）：%w", err)
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	line, err := public.MarshalText()
	if err != nil {
		return err
	}
	fmt.Printf("公钥 %s\n", public)
	return os.WriteFile(c.Public, append(line, '\n'), 0o644)
}

// privateKey reads a secret key; SHANGYUN_KEY_PASSWORD opens an encrypted one.
func privateKey(name string) (minisign.PrivateKey, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return minisign.PrivateKey{}, err
	}
	if minisign.IsEncrypted(raw) {
		return minisign.DecryptKey(os.Getenv("SHANGYUN_KEY_PASSWORD"), raw)
	}
	var key minisign.PrivateKey
	err = key.UnmarshalText(raw)
	return key, err
}
