package chooser

import (
	"context"
	"runtime"
	"strings"
	"syscall"
	"unsafe"
)

var (
	comdlg32 = syscall.NewLazyDLL("comdlg32.dll")
	shell32  = syscall.NewLazyDLL("shell32.dll")
	ole32    = syscall.NewLazyDLL("ole32.dll")

	getOpenFileName     = comdlg32.NewProc("GetOpenFileNameW")
	extendedError       = comdlg32.NewProc("CommDlgExtendedError")
	browseForFolder     = shell32.NewProc("SHBrowseForFolderW")
	pathFromIDList      = shell32.NewProc("SHGetPathFromIDListW")
	oleInitialize       = ole32.NewProc("OleInitialize")
	oleUninitialize     = ole32.NewProc("OleUninitialize")
	coTaskMemFree       = ole32.NewProc("CoTaskMemFree")
	getForegroundWindow = syscall.NewLazyDLL("user32.dll").NewProc("GetForegroundWindow")
)

// openFileName is OPENFILENAMEW.
type openFileName struct {
	size            uint32
	owner           uintptr
	instance        uintptr
	filter          *uint16
	customFilter    *uint16
	maxCustomFilter uint32
	filterIndex     uint32
	file            *uint16
	maxFile         uint32
	fileTitle       *uint16
	maxFileTitle    uint32
	initialDir      *uint16
	title           *uint16
	flags           uint32
	fileOffset      uint16
	fileExtension   uint16
	defExt          *uint16
	custData        uintptr
	hook            uintptr
	templateName    *uint16
	reserved        unsafe.Pointer
	dwReserved      uint32
	flagsEx         uint32
}

// browseInfo is BROWSEINFOW.
type browseInfo struct {
	owner       uintptr
	root        uintptr
	displayName *uint16
	title       *uint16
	flags       uint32
	callback    uintptr
	param       uintptr
	image       int32
}

const (
	flagExplorer      = 0x00080000
	flagFileMustExist = 0x00001000
	flagPathMustExist = 0x00000800
	flagNoChangeDir   = 0x00000008
	flagHideReadOnly  = 0x00000004
	browseOnlyFolders = 0x0001
	browseNewStyle    = 0x0040
	longestPath       = 32_768
)

func available() bool { return getOpenFileName.Find() == nil && browseForFolder.Find() == nil }

// choose runs on a system thread of its own: the dialog has its own loop of messages, and COM wants the thread for itself. The dialog cannot be
// closed from outside: when ctx ends first, its answer is dropped.
func choose(ctx context.Context, a Asked) (string, error) {
	if !available() {
		return "", ErrNone
	}
	type answer struct {
		path string
		err  error
	}
	got := make(chan answer, 1)
	go func() { // ends with the dialog
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		oleInitialize.Call(0)
		defer oleUninitialize.Call()
		owner, _, _ := getForegroundWindow.Call()
		ask := file
		if a.Folder {
			ask = folder
		}
		path, err := ask(owner, a)
		got <- answer{path, err}
	}()
	select {
	case x := <-got:
		if x.err != nil {
			return "", x.err
		}
		return answered([]byte(x.path))
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func file(owner uintptr, a Asked) (string, error) {
	name := make([]uint16, longestPath)
	title, err := syscall.UTF16PtrFromString(a.Title)
	if err != nil {
		return "", ErrNone
	}
	o := openFileName{
		owner: owner, file: &name[0], maxFile: uint32(len(name)), title: title,
		flags: flagExplorer | flagFileMustExist | flagPathMustExist | flagNoChangeDir | flagHideReadOnly,
	}
	o.size = uint32(unsafe.Sizeof(o))
	filter := filters(a.Extensions)
	if len(filter) > 0 {
		o.filter = &filter[0]
	}
	ok, _, _ := getOpenFileName.Call(uintptr(unsafe.Pointer(&o)))
	runtime.KeepAlive(filter)
	if ok == 0 {
		if code, _, _ := extendedError.Call(); code != 0 {
			return "", ErrNone
		}
		return "", nil // the person changed her mind
	}
	return syscall.UTF16ToString(name), nil
}

// filters is the list of filters as comdlg32 wants it: words and patterns, each ended by a zero, one more zero at the end.
func filters(extensions []string) []uint16 {
	if len(extensions) == 0 {
		return nil
	}
	all := strings.Join(extensions, "、")
	low := make([]string, len(extensions))
	for i, e := range extensions {
		low[i] = "*" + strings.ToLower(e)
	}
	var out []uint16
	for _, s := range []string{all, strings.Join(low, ";")} {
		u, err := syscall.UTF16FromString(s)
		if err != nil {
			return nil
		}
		out = append(out, u...)
	}
	return append(out, 0)
}

func folder(owner uintptr, a Asked) (string, error) {
	title, err := syscall.UTF16PtrFromString(a.Title)
	if err != nil {
		return "", ErrNone
	}
	shown := make([]uint16, 260)
	b := browseInfo{owner: owner, displayName: &shown[0], title: title, flags: browseOnlyFolders | browseNewStyle}
	list, _, _ := browseForFolder.Call(uintptr(unsafe.Pointer(&b)))
	if list == 0 {
		return "", nil
	}
	defer coTaskMemFree.Call(list)
	path := make([]uint16, 260)
	if ok, _, _ := pathFromIDList.Call(list, uintptr(unsafe.Pointer(&path[0]))); ok == 0 {
		return "", ErrNone // a place without a path, such as a phone
	}
	return syscall.UTF16ToString(path), nil
}
