// Package intake thinks about a platform's own intake (平台接口): how a sealed onboarding request is written in the words of a platform, and
// how its answer is read. A connector pack says both. It knows no network, no clock and no secret: whoever sends lays the secrets on.
package intake
