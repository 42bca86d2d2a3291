package installer

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// highestGlibc is the newest GLIBC version that a program asks for, as 228 for 2.28.
func highestGlibc(t *testing.T, program string) int {
	t.Helper()
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	symbols, err := f.ImportedSymbols()
	if err != nil {
		t.Fatal(err)
	}
	most := 0
	for _, s := range symbols {
		if minor, ok := strings.CutPrefix(s.Version, "GLIBC_2."); ok {
			minor, _, _ = strings.Cut(minor, ".")
			n, err := strconv.Atoi(minor)
			if err != nil {
				t.Fatal(s.Version)
			}
			most = max(most, n)
		}
	}
	if most == 0 {
		t.Fatalf("%s imports nothing of glibc", program)
	}
	t.Logf("%s asks for at most GLIBC_2.%d", program, most)
	return most
}

func TestTheWindowsProgramsRunOnTheGlibcOfUOSAndKylin(t *testing.T) {
	packages(t)
	for _, arch := range []string{"amd64", "arm64"} {
		if n := highestGlibc(t, dist+"/linux-"+arch+"/shangyun"); n > 28 {
			t.Errorf("%s asks for GLIBC_2.%d", arch, n)
		}
	}
}

func TestTheStaticProgramsAreStaticAndStart(t *testing.T) {
	packages(t)
	for arch, machine := range map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64, "loong64": elf.EM_LOONGARCH} {
		for _, name := range []string{"shangyunctl", "shangyun-portal"} {
			program := one(t, name+"-*-linux-"+arch)
			f, err := elf.Open(program)
			if err != nil {
				t.Fatal(err)
			}
			if f.Machine != machine || f.Section(".interp") != nil {
				t.Errorf("%s: %v, interpreter %v", program, f.Machine, f.Section(".interp"))
			}
			_ = f.Close()
			emulator := map[string]string{"arm64": "qemu-aarch64-static", "loong64": "qemu-loongarch64-static"}[arch]
			if emulator == "" {
				saysVersion(t, program)
				continue
			}
			if said := do(t, emulator, program, "--version"); strings.TrimSpace(said) != "上云通 "+Version() {
				t.Errorf("%s says %q", program, said)
			}
		}
	}
	for arch, cpu := range map[string]macho.Cpu{"amd64": macho.CpuAmd64, "arm64": macho.CpuArm64} { // there is no Mac to start them on
		for _, name := range []string{"shangyunctl", "shangyun-portal"} {
			f, err := macho.Open(one(t, name+"-*-darwin-"+arch))
			if err != nil {
				t.Fatal(err)
			}
			if f.Cpu != cpu || f.Type != macho.TypeExec {
				t.Errorf("%s for darwin/%s: %v, %v", name, arch, f.Cpu, f.Type)
			}
			_ = f.Close()
		}
	}
	for _, name := range []string{"shangyunctl", "shangyun-portal"} {
		one(t, name+"-*-windows-amd64.exe")
	}
}

// systemDLLs are what every Windows 10 has.
var systemDLLs = regexp.MustCompile(`(?i)^(kernel32|user32|gdi32|shell32|opengl32|msvcrt|advapi32|ole32|ntdll|winmm|comdlg32)\.dll$`)

func TestTheWindowsProgramNeedsNothingThatWindowsLacks(t *testing.T) {
	packages(t)
	for name, subsystem := range map[string]uint16{"shangyun.exe": pe.IMAGE_SUBSYSTEM_WINDOWS_GUI, "shangyunctl.exe": pe.IMAGE_SUBSYSTEM_WINDOWS_CUI} {
		program := dist + "/windows-amd64/" + name
		f, err := pe.Open(program)
		if err != nil {
			t.Fatal(err)
		}
		libraries, err := f.ImportedLibraries()
		if err != nil {
			t.Fatal(err)
		}
		symbols, err := f.ImportedSymbols()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range symbols {
			if _, dll, ok := strings.Cut(s, ":"); ok && !slices.Contains(libraries, dll) {
				libraries = append(libraries, dll)
			}
		}
		for _, l := range libraries {
			if !systemDLLs.MatchString(l) {
				t.Errorf("%s needs %s", name, l)
			}
		}
		if h, ok := f.OptionalHeader.(*pe.OptionalHeader64); !ok || h.Subsystem != subsystem {
			t.Errorf("%s has another subsystem", name)
		}
		_ = f.Close()
		data, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"PerMonitorV2", "UTF-8</activeCodePage>", `level="asInvoker"`} {
			if !bytes.Contains(data, []byte(want)) {
				t.Errorf("%s has no %s in its manifest", name, want)
			}
		}
	}
}

func TestTheSetupHoldsWhatItInstallsAndIsSmall(t *testing.T) {
	packages(t)
	setup := one(t, "shangyun-*-setup.exe")
	list := do(t, "7z", "l", setup)
	for _, want := range []string{"shangyun.exe", "shangyunctl.exe", "说明.txt", "LICENSE.txt", "sbom.cdx.json", "uninstall.exe"} {
		if !strings.Contains(list, want) {
			t.Errorf("the setup lacks %s:\n%s", want, list)
		}
	}
	info, err := os.Stat(setup)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("setup %.1f MB", float64(info.Size())/(1<<20))
	if info.Size() > 60<<20 {
		t.Errorf("the setup has %d bytes", info.Size())
	}
	zip := do(t, "7z", "l", "-ba", one(t, "shangyun-*-portable.zip"))
	for _, want := range []string{"上云通/shangyun.exe", "上云通/shangyunctl.exe", "上云通/便携", "上云通/数据"} {
		if !strings.Contains(zip, want) {
			t.Errorf("the portable zip lacks %s:\n%s", want, zip)
		}
	}
	if os.Getenv("SHANGYUN_CERT_PFX") == "" {
		certificate, err := filepath.Abs("../build/key/test.pem")
		if err != nil {
			t.Fatal(err)
		}
		if out := do(t, "osslsigncode", "verify", "-CAfile", certificate, "-in", setup); !strings.Contains(out, "Succeeded") {
			t.Errorf("the setup's signature: %s", out)
		}
	}
}
