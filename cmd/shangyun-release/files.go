package main

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"aead.dev/minisign"
)

// below lists the files below a folder with slashes, but hidden ones.
func below(folder string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	return out, err
}

// publicOf gives the public half of a secret key.
func publicOf(key minisign.PrivateKey) (string, error) {
	p, ok := key.Public().(minisign.PublicKey)
	if !ok {
		return "", errors.New("not a minisign key")
	}
	return p.String(), nil
}
