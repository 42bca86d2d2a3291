package inbox

import "slices"

// Role is what a person or a device may do at a portal.
type Role string

// The roles. A device that belongs to nobody's account has RoleDevice.
const (
	RoleDevice   Role = "device"
	RoleOwner    Role = "owner"    // 企业
	RoleAdviser  Role = "adviser"  // 顾问
	RoleOperator Role = "operator" // 平台服务商: sees only onboarding requests addressed to it
	RoleReviewer Role = "reviewer" // 受理人员
	RoleAdmin    Role = "admin"    // 管理员
)

// Roles lists the roles that an account can have.
var Roles = []Role{RoleOwner, RoleAdviser, RoleOperator, RoleReviewer, RoleAdmin}

// Known tells whether an account can have r.
func (r Role) Known() bool { return slices.Contains(Roles, r) }

// Who asks: a device, or a person by an account.
type Who struct {
	Role     Role
	Device   string // id, for devices
	Login    string // for people
	Name     string // for people
	Operator string // id, for operators
}

// Actor is how the audit names who it was.
func (w Who) Actor() string {
	if w.Login != "" {
		return w.Login
	}
	return w.Device
}

// sees is the condition on request that holds for what w may see, with its arguments. It is one place for every reading of a request.
func (w Who) sees() (string, []any) {
	switch {
	case w.Role == RoleAdmin || w.Role == RoleReviewer:
		return "1 = 1", nil
	case w.Role == RoleOperator && w.Operator != "":
		return "(kind = 'onboarding' AND revision > 0 AND operator = ?)", []any{w.Operator}
	case w.Device != "":
		return "id IN (SELECT request_id FROM holder WHERE device_id = ?)", []any{w.Device}
	case w.Login != "" && (w.Role == RoleOwner || w.Role == RoleAdviser):
		return "id IN (SELECT request_id FROM holder JOIN device ON device.id = device_id WHERE account = ?)", []any{w.Login}
	}
	return "1 = 0", nil
}
