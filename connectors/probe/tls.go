package probe

import (
	"bytes"
	"crypto/x509"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// certMark begins a kept answer that is a certificate in DER.
var certMark = []byte("cert:")

// certificate goes on inside TLS and keeps the server's certificate.
func (t *Talk) certificate() error {
	state, err := t.StartTLS("")
	if err != nil {
		return err
	}
	if len(state.PeerCertificates) > 0 {
		t.Keep(append(bytes.Clone(certMark), state.PeerCertificates[0].Raw...))
	}
	return nil
}

// keptCertificate reads the first certificate among kept answers.
func keptCertificate(answers [][]byte, id *scan.Identity) *x509.Certificate {
	for _, a := range answers {
		if der, ok := bytes.CutPrefix(a, certMark); ok {
			if c, err := x509.ParseCertificate(der); err == nil {
				certificate(id, c)
				return c
			}
		}
	}
	return nil
}
