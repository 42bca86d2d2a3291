package vault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// triesName is a file of its own, so that counting a failure never touches the keys.
const triesName = "vault.tries"

const longestDelay = 15 * time.Minute

// tries counts the wrong tries since the last right one. They slow down whoever sits at the program; who has the file itself is
// slowed down by Argon2id only.
type tries struct {
	Failures int       `json:"failures"`
	Last     time.Time `json:"last"`
}

func readTries(dir string) tries {
	var t tries
	data, err := os.ReadFile(filepath.Join(dir, triesName))
	if err != nil || len(data) > 4096 || json.Unmarshal(data, &t) != nil || t.Failures < 0 {
		return tries{}
	}
	return t
}

// delay is 0 after one or two wrong tries, then 2 s, 4 s, 8 s … 15 min.
func (t tries) delay() time.Duration {
	if t.Failures < 3 {
		return 0
	}
	return min(time.Second<<min(t.Failures-2, 20), longestDelay)
}

// left is how long to wait from at; a clock that was set back does not make it longer than the delay itself.
func (t tries) left(at time.Time) time.Duration {
	return max(0, min(t.delay(), t.Last.Add(t.delay()).Sub(at)))
}

func (t tries) write(dir string) error {
	path := filepath.Join(dir, triesName)
	if t.Failures == 0 {
		if err := os.Remove(path); !os.IsNotExist(err) {
			return err
		}
		return nil
	}
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return writeFile(path, data)
}
