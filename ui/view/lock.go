package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// LockWait says how long the next try has to wait: seconds rounded up, from a minute on with the minutes.
func LockWait(w Words, left time.Duration) string {
	s := int((left + time.Second - 1) / time.Second)
	if s < 60 {
		return w("lock.wait.seconds", s)
	}
	return w("lock.wait.minutes", s/60, s%60)
}

// AskedGroup picks the group of a recovery code that is to be typed, counted from 1; codes differ in which one it is.
func AskedGroup(code string) (n int, group string) {
	groups := strings.Split(code, "-")
	sum := 0
	for _, r := range code {
		sum += int(r)
	}
	n = sum%len(groups) + 1
	return n, groups[n-1]
}

// SameGroup compares what was typed with a group; case, blanks and letters that are misread for digits do not matter.
func SameGroup(typed, group string) bool {
	fold := strings.NewReplacer("-", "", " ", "", "　", "", "O", "0", "I", "1", "L", "1")
	return group != "" && fold.Replace(strings.ToUpper(strings.TrimSpace(typed))) == group
}

// idleMinutes are offered for the idle lock; 0 is never.
var idleMinutes = []int{1, 5, 10, 15, 30, 60, 120}

// IdleOptions are the choices of the idle lock as values and words, with the one in force among them; "" is ten minutes.
func IdleOptions(w Words, now string) (options [][2]string, value string) {
	n, err := strconv.Atoi(now)
	if err != nil || n < 0 {
		n = 10
	}
	minutes := slices.Clone(idleMinutes)
	if n > 0 && !slices.Contains(minutes, n) {
		minutes = append(minutes, n)
		slices.Sort(minutes)
	}
	for _, m := range minutes {
		options = append(options, [2]string{strconv.Itoa(m), w("settings.lock.after", m)})
	}
	return append(options, [2]string{"0", w("settings.lock.never")}), strconv.Itoa(n)
}

// LockRows say how the case file is guarded, as pairs of a key and its value.
func LockRows(w Words, st wizard.LockState) [][2]string {
	yes := func(on bool, key string) string {
		if on {
			return w(key + ".on")
		}
		return w(key + ".off")
	}
	agencies := w("lock.state.agency.off")
	if len(st.Agencies) > 0 {
		agencies = strings.Join(st.Agencies, "\n")
	}
	return [][2]string{
		{w("lock.state.passphrase"), yes(st.Protected, "lock.state.passphrase")}, {w("lock.state.keyring"), yes(st.Keyring, "lock.state.keyring")},
		{w("lock.state.agency"), agencies}, {w("lock.cipher"), w("lock.state.cipher", w("lock.cipher."+st.Cipher))}, {w("lock.state.number"), st.Number},
	}
}

// LocalTime writes a moment by this computer's clock to the minute.
func LocalTime(at time.Time) string { return at.Local().Format("2006-01-02 15:04") }

// BackupRows say when the last backup was made and where copies lie.
func BackupRows(w Words, st wizard.BackupState, folder string) [][2]string {
	newest, second := w("backup.never"), w("backup.second.none")
	if len(st.Copies) > 0 {
		newest = LocalTime(st.Copies[0].At)
	}
	if st.Second != "" {
		second = st.Second
	}
	return [][2]string{{w("backup.last"), newest}, {w("backup.first"), w("backup.first.in", folder)}, {w("backup.second"), second}}
}

// LastName is the last name of a path of this or another system.
func LastName(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// CopyPlace says in which place a copy lies.
func CopyPlace(w Words, c wizard.Copy) string {
	if c.Second {
		return w("backup.place.second")
	}
	return w("backup.place.first")
}

// Trouble tells what kind of trouble keeps a case file from being opened: damaged, busy, newer, or other.
func Trouble(err error) (kind string) {
	switch survey.CodeOf(err) {
	case survey.CodeStoreDamaged:
		return "damaged"
	case survey.CodeStoreBusy:
		return "busy"
	case survey.CodeStoreNewer:
		return "newer"
	}
	return "other"
}
