package server

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

type accountsView struct {
	Frame
	Accounts  []inbox.Account
	Operators []inbox.Operator
	Keys      []inbox.AccessKey
	Roles     []choice
	TwoPerson bool
	OIDC      bool
	NewKey    string // just made; shown once
	Problem   string
	Asked     inbox.Account
}

func (s *Server) accountsPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view, err := s.accountsView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, "accounts", view)
}

func (s *Server) accountsView(r *http.Request, v *visit) (accountsView, error) {
	ctx := r.Context()
	view := accountsView{Frame: s.frame(r, v, "accounts", v.t("账户")), OIDC: s.OIDC != nil}
	view.Here = "/accounts"
	mode, err := s.Store.Setting(ctx, inbox.SettingTwoPersons)
	view.TwoPerson = mode != "off"
	for _, role := range inbox.Roles {
		view.Roles = append(view.Roles, choice{Value: string(role), Word: v.t(personWord(role))})
	}
	if err == nil {
		view.Accounts, err = s.Store.Accounts(ctx)
	}
	if err == nil {
		view.Operators, err = s.Store.Operators(ctx)
	}
	if err == nil {
		view.Keys, err = s.Store.AccessKeys(ctx)
	}
	return view, err
}

func (s *Server) putAccount(w http.ResponseWriter, r *http.Request, v *visit) error {
	a := inbox.Account{Login: strings.ToLower(strings.TrimSpace(r.PostFormValue("login"))), Name: strings.TrimSpace(r.PostFormValue("name")), Role: inbox.Role(r.PostFormValue("role"))}
	if a.Role == inbox.RoleOperator {
		a.Operator = r.PostFormValue("operator")
	}
	err := checkAccount(a)
	password := r.PostFormValue("password")
	hash := ""
	if err == nil && password != "" {
		hash, err = hashPassword(password, rand.Reader)
	}
	if err == nil {
		err = s.Store.PutAccount(r.Context(), v.Who, a, s.Now())
		if errors.Is(err, inbox.ErrNotAllowed) {
			err = errors.New("门户至少要有一个管理员")
		}
	}
	if err == nil && hash != "" {
		err = s.Store.SetPassword(r.Context(), v.Who, a.Login, hash, s.Now())
	}
	if err != nil {
		view, failed := s.accountsView(r, v)
		if failed != nil {
			return failed
		}
		view.Problem, view.Asked = v.t(err.Error()), a
		s.render(w, r, http.StatusUnprocessableEntity, "accounts", v.lang, view)
		return nil
	}
	http.Redirect(w, r, "/accounts", http.StatusSeeOther)
	return nil
}

func (s *Server) endAccount(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := s.Store.EndAccount(r.Context(), v.Who, r.PostFormValue("login"), s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/accounts", http.StatusSeeOther)
	return nil
}

func (s *Server) addKey(w http.ResponseWriter, r *http.Request, v *visit) error {
	name := strings.TrimSpace(r.PostFormValue("name"))
	if name == "" || len([]rune(name)) > 60 {
		return portal.NewProblem(portal.BadRequest, "请写明密钥给哪个程序（60 字以内）")
	}
	k := inbox.AccessKey{ID: keyPrefix + strings.ToLower(rand.Text()[:12]), Login: r.PostFormValue("login"), Name: name}
	secret := rand.Text()
	if err := s.Store.AddKey(r.Context(), v.Who, k, secret, s.Now()); err != nil {
		return err
	}
	view, err := s.accountsView(r, v)
	if err != nil {
		return err
	}
	view.NewKey = k.ID + "." + secret
	return s.show(w, r, v, "accounts", view)
}

func (s *Server) endKey(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := s.Store.EndKey(r.Context(), v.Who, r.PostFormValue("id"), s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/accounts", http.StatusSeeOther)
	return nil
}

func (s *Server) putSetting(w http.ResponseWriter, r *http.Request, v *visit) error {
	mode := r.PostFormValue(inbox.SettingTwoPersons)
	if mode != "on" && mode != "off" {
		return errBadForm
	}
	if err := s.Store.Configure(r.Context(), v.Who, inbox.SettingTwoPersons, mode, s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/accounts", http.StatusSeeOther)
	return nil
}

type meView struct {
	Frame
	Problem, Done string
}

func (s *Server) mePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.show(w, r, v, "me", meView{Frame: s.frame(r, v, "me", v.t("我的")), Done: r.URL.Query().Get("done")})
}

// changePassword takes the old password and a new one; the visitor's other log-ins end.
func (s *Server) changePassword(w http.ResponseWriter, r *http.Request, v *visit) error {
	again := func(status int, problem string) error {
		s.render(w, r, status, "me", v.lang, meView{Frame: s.frame(r, v, "me", v.t("我的")), Problem: v.t(problem)})
		return nil
	}
	a, err := s.admit(r.Context(), v.Login, r.PostFormValue("old"))
	switch {
	case errors.Is(err, inbox.ErrLogin):
		return again(http.StatusUnauthorized, "账号或口令不对，请重新输入。")
	case errors.Is(err, inbox.ErrLocked):
		return again(http.StatusTooManyRequests, "账号因连续输错暂停使用，请一刻钟后再试或请管理员重设口令。")
	case err != nil:
		return err
	}
	hash, err := hashPassword(r.PostFormValue("new"), rand.Reader)
	if err != nil {
		return again(http.StatusUnprocessableEntity, err.Error())
	}
	if err := s.Store.SetPassword(r.Context(), v.Who, v.Login, hash, s.Now()); err != nil {
		return err
	}
	if err := s.begin(w, r, a, "password"); err != nil {
		return err
	}
	http.Redirect(w, r, "/me?done=password", http.StatusSeeOther)
	return nil
}
