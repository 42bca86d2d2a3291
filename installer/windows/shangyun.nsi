; 上云通 for Windows 10 and 11: per user, no administrator. makensis -INPUTCHARSET UTF8 -DVERSION=… -DNUMBERS=… -DDIST=… -DICON=… -DOUT=…
;   setup.exe /S              silent
;   setup.exe /S /D=C:\path   silent into a folder (last, without quotes)
;   uninstall.exe /S          silent, keeps cases; uninstall.exe /S /DELETEDATA removes them too
; A 64-bit setup for 64-bit programs: it can be started where no 32-bit program can, and is tried under wine as it is shipped.
Target amd64-unicode
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define APP "上云通"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Shangyun"
Name "${APP}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Shangyun"
InstallDirRegKey HKCU "Software\Shangyun" "Folder"
BrandingText "${APP} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 ProductName "${APP}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileDescription "${APP} 安装程序"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 LegalCopyright "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将把上云通 ${VERSION} 安装到当前用户，不需要管理员权限。$\r$\n$\r$\n案卷保存在 %APPDATA%\shangyun，升级和卸载都不会动它。$\r$\n$\r$\n安装前请先关闭正在运行的上云通。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\shangyun.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开上云通"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
	${IfNot} ${RunningX64}
		MessageBox MB_ICONSTOP|MB_OK "上云通需要 64 位的 Windows 10 或更新的系统。" /SD IDOK
		SetErrorLevel 3
		Quit
	${EndIf}
FunctionEnd

; Busy tells in $0 whether the window's program is running: a running program cannot be opened for writing.
!macro STOP_WHILE_OPEN
	ClearErrors
	IfFileExists "$INSTDIR\shangyun.exe" 0 +6
	FileOpen $0 "$INSTDIR\shangyun.exe" a
	IfErrors 0 +3
	MessageBox MB_ICONSTOP|MB_OK "上云通正在运行。请先关闭它，再重新安装或卸载。" /SD IDOK
	Abort
	FileClose $0
!macroend

Section "上云通（必选）" secMain
	SectionIn RO
	!insertmacro STOP_WHILE_OPEN
	SetOutPath "$INSTDIR"
	File "${DIST}\shangyun.exe"
	File "${DIST}\shangyunctl.exe"
	File "${DIST}\说明.txt"
	File "${DIST}\LICENSE.txt"
	File "${DIST}\sbom.cdx.json"
	WriteUninstaller "$INSTDIR\uninstall.exe"
	WriteRegStr HKCU "Software\Shangyun" "Folder" "$INSTDIR"
	CreateShortCut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\shangyun.exe"
	WriteRegStr HKCU "${KEY}" "DisplayName" "${APP}"
	WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\shangyun.exe"
	WriteRegStr HKCU "${KEY}" "Publisher" "${APP}"
	WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${KEY}" "NoModify" 1
	WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
	${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
	IntFmt $0 "0x%08X" $0
	WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
SectionEnd

Section "双击打开案卷和交接包" secTypes
	WriteRegStr HKCU "Software\Classes\.sycase" "" "Shangyun.Case"
	WriteRegStr HKCU "Software\Classes\Shangyun.Case" "" "上云通案卷交换文件"
	WriteRegStr HKCU "Software\Classes\Shangyun.Case\DefaultIcon" "" "$INSTDIR\shangyun.exe,0"
	WriteRegStr HKCU "Software\Classes\Shangyun.Case\shell\open\command" "" '"$INSTDIR\shangyun.exe" "%1"'
	WriteRegStr HKCU "Software\Classes\.syparcel" "" "Shangyun.Parcel"
	WriteRegStr HKCU "Software\Classes\Shangyun.Parcel" "" "上云通交接包"
	WriteRegStr HKCU "Software\Classes\Shangyun.Parcel\DefaultIcon" "" "$INSTDIR\shangyun.exe,0"
	WriteRegStr HKCU "Software\Classes\Shangyun.Parcel\shell\open\command" "" '"$INSTDIR\shangyun.exe" "%1"'
	System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "桌面快捷方式" secDesktop
	CreateShortCut "$DESKTOP\${APP}.lnk" "$INSTDIR\shangyun.exe"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
	!insertmacro MUI_DESCRIPTION_TEXT ${secMain} "向导窗口和命令行程序。"
	!insertmacro MUI_DESCRIPTION_TEXT ${secTypes} "双击 .sycase 和 .syparcel 文件时用上云通打开。"
	!insertmacro MUI_DESCRIPTION_TEXT ${secDesktop} "在桌面放一个图标。"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "un.上云通程序（必选）" unMain
	SectionIn RO
	!insertmacro STOP_WHILE_OPEN
	Delete "$INSTDIR\shangyun.exe"
	Delete "$INSTDIR\shangyunctl.exe"
	Delete "$INSTDIR\说明.txt"
	Delete "$INSTDIR\LICENSE.txt"
	Delete "$INSTDIR\sbom.cdx.json"
	Delete "$INSTDIR\uninstall.exe"
	RMDir /r "$INSTDIR\.update"
	RMDir "$INSTDIR"
	Delete "$SMPROGRAMS\${APP}.lnk"
	Delete "$DESKTOP\${APP}.lnk"
	DeleteRegKey HKCU "Software\Classes\.sycase"
	DeleteRegKey HKCU "Software\Classes\Shangyun.Case"
	DeleteRegKey HKCU "Software\Classes\.syparcel"
	DeleteRegKey HKCU "Software\Classes\Shangyun.Parcel"
	DeleteRegKey HKCU "${KEY}"
	DeleteRegKey HKCU "Software\Shangyun"
	System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "un.同时删除全部案卷（不能恢复）" unData
	RMDir /r "$APPDATA\shangyun"
SectionEnd

Function un.onInit
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/DELETEDATA" $1
	${IfNot} ${Errors}
		SectionSetFlags ${unData} ${SF_SELECTED}
	${EndIf}
FunctionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
	!insertmacro MUI_DESCRIPTION_TEXT ${unMain} "案卷留在 %APPDATA%\shangyun，以后重新安装可继续使用。"
	!insertmacro MUI_DESCRIPTION_TEXT ${unData} "删除本机全部案卷、附件、回执和备份设置。请先备份。"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END
