package parcel

import (
	"aead.dev/minisign"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.Signatures = Parcels{}

// Verify fails unless sig is the minisign signature of data by key, the line of a public key file.
func (Parcels) Verify(key string, data, sig []byte) error {
	var k minisign.PublicKey
	if err := k.UnmarshalText([]byte(key)); err != nil {
		return survey.Wrap(survey.CodeCatalog, "parcel.verify", err)
	}
	if len(sig) == 0 || len(sig) > maxSig || !minisign.Verify(k, data, sig) {
		return survey.Fail(survey.CodeCatalog, "parcel.verify", "签名不符")
	}
	return nil
}
