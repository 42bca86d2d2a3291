package join

import (
	"runtime/debug"

	"github.com/shangyuntong/shangyun/connectors/update"
	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey"
)

// NewerVersion tells whether program version a comes after b.
func NewerVersion(a, b string) bool { return update.Newer(a, b) }

// SBOM lists what the running program is made of, as CycloneDX JSON.
func SBOM(name string) ([]byte, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, survey.Fail(survey.CodeInternal, "join.sbom", "程序里没有成分信息")
	}
	return installer.SBOM(name, info)
}
