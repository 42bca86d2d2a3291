package server

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

const (
	minPassword = 10
	maxPassword = 200
)

// Argon2id, RFC 9106 section 4, second recommended option. Only tests take less.
var argonTime, argonMemory, argonThreads = uint32(3), uint32(64 << 10), uint8(4)

// argon lets one password be hashed at a time: that bounds the memory.
var argon sync.Mutex

// AddAccount makes an account with a password, or changes both of one that is there. The password must have at least ten characters.
func AddAccount(ctx context.Context, store Store, by inbox.Who, a inbox.Account, password string, random io.Reader, at time.Time) error {
	if err := checkAccount(a); err != nil {
		return err
	}
	hash, err := hashPassword(password, random)
	if err != nil {
		return err
	}
	if err := store.PutAccount(ctx, by, a, at); err != nil {
		return err
	}
	return store.SetPassword(ctx, by, a.Login, hash, at)
}

// checkAccount holds an account against what the portal takes.
func checkAccount(a inbox.Account) error {
	login := strings.Trim(a.Login, "abcdefghijklmnopqrstuvwxyz0123456789._@-") == ""
	switch {
	case a.Login == "" || len(a.Login) > 100 || !login:
		return fmt.Errorf("账号只能用小写字母、数字和 . _ @ -")
	case a.Name == "" || len([]rune(a.Name)) > 40:
		return fmt.Errorf("姓名须为 1 到 40 字")
	case !a.Role.Known():
		return fmt.Errorf("没有“%s”这种角色", a.Role)
	case (a.Role == inbox.RoleOperator) != (a.Operator != ""):
		return fmt.Errorf("服务商角色须指定平台，其他角色不得指定")
	}
	return nil
}

func hashPassword(password string, random io.Reader) (string, error) {
	if n := len([]rune(password)); n < minPassword || n > maxPassword {
		return "", fmt.Errorf("口令须为 %d 到 %d 个字符", minPassword, maxPassword)
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", err
	}
	return base64.RawStdEncoding.EncodeToString(salt) + "." + base64.RawStdEncoding.EncodeToString(derive(password, salt)), nil
}

func derive(password string, salt []byte) []byte {
	argon.Lock()
	defer argon.Unlock()
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, 32)
}

// fits compares a password with a kept hash. It takes as long for an account that has none.
func fits(password, kept string) bool {
	salt64, hash64, _ := strings.Cut(kept, ".")
	salt, bad := base64.RawStdEncoding.DecodeString(salt64)
	want, worse := base64.RawStdEncoding.DecodeString(hash64)
	have := derive(password, salt)
	return bad == nil && worse == nil && kept != "" && subtle.ConstantTimeCompare(have, want) == 1
}
