package importer

import "github.com/shangyuntong/shangyun/survey"

// sorting is what a word says about a machine.
type sorting struct {
	words []string
	class survey.PolicyClass
	use   survey.Use
}

// byName sorts machines by their own names; the first line that fits wins. Names that say nothing stay unsorted.
// Classes after 政策 P6.2 with the examples of the trade; a plain 车床 is 生产 and of no class by its name alone.
var byName = []sorting{
	{[]string{"三坐标", "检测仪", "检测设备", "测量仪", "量仪", "测量机", "硬度计", "显微镜", "投影仪", "光谱仪", "试验机", "试验箱", "轮廓仪", "粗糙度仪", "圆度仪", "探伤", "检验", "矫顽磁力", "钴磁", "分析仪", "对刀仪", "天平"}, survey.ClassNone, survey.UseTesting},
	{[]string{"数控车", "数控铣", "数控磨", "数控镗", "数控钻", "数控齿", "数控滚", "数控工具磨", "数控外圆磨", "数控平面磨", "数控刀具", "数控段差", "数控周边磨", "加工中心", "车铣复合", "线切割", "电火花", "车削中心", "cnc", "五轴工具磨"}, survey.ClassCNC, survey.UseProduction},
	{[]string{"空压机", "空气压缩机", "除尘", "冷水机", "冷却塔", "冷却机组", "冷干机", "储气罐", "真空泵", "风机", "集尘"}, survey.ClassAuxiliary, survey.UseAuxiliary},
	{[]string{"变压器", "配电", "水泵", "污水", "发电机", "制氮", "制氢", "锅炉", "循环水"}, survey.ClassAuxiliary, survey.UseUtility},
	{[]string{"agv", "叉车", "堆垛机", "输送线", "立体仓库", "搬运车", "智能料仓"}, survey.ClassAuxiliary, survey.UseLogistics},
	{[]string{"行车", "起重机", "龙门吊", "桥式吊"}, survey.ClassLarge, survey.UseLogistics},
	{[]string{"烧结", "压铸机", "注塑机", "窑炉", "反应釜", "涂层炉", "涂层设备", "pvd", "cvd", "喷雾干燥", "球磨机", "模压机", "粉末压机", "粉末成型", "压制机", "挤压机", "挤出机", "织机", "脱脂炉", "混料机", "钝化机"}, survey.ClassTrade, survey.UseProduction},
	{[]string{"大型冲压", "大型锻压", "盾构", "锻压机"}, survey.ClassLarge, survey.UseProduction},
	{[]string{"车床", "铣床", "磨床", "钻床", "镗床", "刨床", "锯床", "焊机", "冲床", "压力机", "油压机", "液压机", "研磨机", "抛光机", "喷砂机", "打标机", "包装机", "清洗机"}, "", survey.UseProduction},
	{[]string{"电脑", "计算机", "服务器", "打印机", "交换机", "路由器", "复印机", "笔记本"}, survey.ClassNone, survey.UseOffice},
}

// byKind sorts by the ledger's own 类别; it outranks the name.
var byKind = []sorting{
	{[]string{"数控机床", "数控设备"}, survey.ClassCNC, survey.UseProduction},
	{[]string{"专用设备"}, survey.ClassTrade, survey.UseProduction},
	{[]string{"大型机器", "大型设备"}, survey.ClassLarge, ""},
	{[]string{"工厂辅助"}, survey.ClassAuxiliary, ""},
	{[]string{"检测", "检验", "计量", "试验", "测量"}, "", survey.UseTesting},
	{[]string{"物流", "仓储", "运输", "起重", "搬运"}, "", survey.UseLogistics},
	{[]string{"办公", "电子设备", "信息设备", "计算机"}, survey.ClassNone, survey.UseOffice},
	{[]string{"公用", "动力", "供配电"}, "", survey.UseUtility},
	{[]string{"辅助"}, "", survey.UseAuxiliary},
	{[]string{"生产", "加工", "主机"}, "", survey.UseProduction},
}

// classify gives class and use from the ledger's 类别 and the machine's name. The name adds what the kind leaves open,
// but a class of the name is dropped where the kind states a use that contradicts it. known is false when a kind was
// written that says nothing here.
func classify(kind, name string) (class survey.PolicyClass, use survey.Use, known bool) {
	k, n := lookup(byKind, kind), lookup(byName, name)
	known = isNone(kind) || k != nil
	if k == nil && n == nil {
		return "", "", known
	}
	if k == nil {
		return n.class, n.use, known
	}
	class, use = k.class, k.use
	if n == nil {
		return class, use, known
	}
	if use == "" {
		use = n.use
	}
	if class == "" && agree(use, n.use) {
		class = n.class
	}
	return class, use, known
}

// agree tells whether two uses can belong to one machine's class; 辅助 and 公用 are one family.
func agree(a, b survey.Use) bool {
	side := func(u survey.Use) bool {
		return u == survey.UseAuxiliary || u == survey.UseUtility || u == survey.UseLogistics
	}
	return a == b || side(a) && side(b)
}

func lookup(table []sorting, s string) *sorting {
	if s = fold(s); s == "" {
		return nil
	}
	for i := range table {
		if hasAny(s, table[i].words) {
			return &table[i]
		}
	}
	return nil
}
