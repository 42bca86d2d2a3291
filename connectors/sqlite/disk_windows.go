package sqlite

import (
	"errors"
	"syscall"
)

// syncDir does nothing: NTFS journals the rename and folders cannot be synced.
func syncDir(string) error { return nil }

// noRoom tells a full disk: ERROR_HANDLE_DISK_FULL (39) and ERROR_DISK_FULL (112).
func noRoom(err error) bool {
	return errors.Is(err, syscall.Errno(39)) || errors.Is(err, syscall.Errno(112))
}
