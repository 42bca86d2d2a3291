package probe

import (
	"crypto/x509"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// certificate takes down who a server says it is. Nothing is verified.
func certificate(id *scan.Identity, c *x509.Certificate) {
	fact(id, "证书主体", c.Subject.String())
	if c.Issuer.String() != c.Subject.String() {
		fact(id, "证书签发者", c.Issuer.String())
	}
	names := c.DNSNames
	if len(names) > 8 {
		names = names[:8]
	}
	fact(id, "证书名称", strings.Join(names, " "))
	fact(id, "证书到期", c.NotAfter.UTC().Format("2006-01-02"))
}
