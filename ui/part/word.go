package part

import (
	"fmt"
	"maps"
	"slices"
)

// chinese holds the words that parts say by themselves, where no page gives them.
var chinese = map[string]string{
	"estimate": "估价", "list": "列表价", "quoted": "报价",
	"edit": "修改", "complete": "材料齐全，可以报送", "must": "必改 %d", "hint": "提示 %d", "add": "补上", "mend": "去补",
	"receipt": "回执", "digest": "SHA-256 摘要", "copy-digest": "复制摘要",
	"problems": "有 %d 处需要改，改好后再继续", "optional": "（选填）",
	"level.0": "未达级", "level.1": "一级", "level.2": "二级", "level.3": "三级", "level.4": "四级", "now": "%s 现在", "target": "%s 目标", "idle": "未开展",
	"cancel": "取消", "yes": "确定", "ok": "知道了", "stop": "中止", "stopping": "正在中止", "close-notice": "关闭提示",
	"todo": "未开始", "doing": "正在填写", "done": "已完成", "problem": "有待改",
	"home": "工作台", "progress": "总体进度", "steps": "%d / %d 步", "offline": "未登记", "online": "已登记", "unsaved": "尚未保存", "saved": "已保存 %s",
	"choose": "请选择", "search": "输入几个字查找", "tri.yes": "是", "tri.no": "否", "tri.unknown": "不知道", "yuan": "元",
}

var spoken func(key string) string

// Words sets the language of what parts say by themselves; of gives the words of a key of WordKeys, some with places for fmt. nil goes back
// to Chinese. Parts made before keep what they show.
func Words(of func(key string) string) { spoken = of }

// WordKeys lists the keys that parts ask for.
func WordKeys() []string { return slices.Sorted(maps.Keys(chinese)) }

func word(key string, args ...any) string {
	s := chinese[key]
	if spoken != nil {
		s = spoken(key)
	}
	if len(args) > 0 {
		s = fmt.Sprintf(s, args...)
	}
	return s
}
