# 上云通. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# One set of flags for every build and test, from the first day: another set would compile the window anew.
export GOFLAGS := -trimpath -buildvcs=false -tags=x11,migrated_fynedo
PURE := CGO_ENABLED=0
GO ?= go

# Pure Go packages: everything but the window's own main package.
ALL = $(shell $(PURE) $(GO) list -e ./... | grep -v /cmd/shangyun$$)

# Packages with tests against third-party programs.
PEERS = $(filter %/cmd %/cmd/shangyunctl %/cmd/shangyun-portal %/connectors/document %/connectors/parcel %/connectors/portal/inbox %/connectors/portal/server %/connectors/probe %/survey/recommend,$(ALL))

.PHONY: bench-papers help build gui run demo test test-peers test-packages package release release-key licences bench bench-recommend bench-scan fuzz-probe fmt vet house screenshots clean

help: ## 列出目标
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

build: ## 编译命令行、门户和演示（纯 Go）
	@mkdir -p build/bin
	@$(PURE) $(GO) build -ldflags "-s -w" -o build/bin/ ./cmd/shangyunctl ./cmd/shangyun-portal ./cmd/shangyun-shots ./cmd/shangyun-demo

gui: ## 编译向导窗口（首次需数分钟）
	@installer/deps.sh compile
	@mkdir -p build/bin
	@CGO_ENABLED=1 $(GO) build -ldflags "-s -w" -o build/bin/ ./cmd/shangyun

run: gui ## 打开向导
	@build/bin/shangyun

demo: ## 无人值守走完一个样例企业的全部步骤
	@$(MAKE) --no-print-directory build
	@build/bin/shangyun-demo --bin build/bin --out build/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && [ -z "$$CI" ]; then $(MAKE) --no-print-directory gui && build/bin/shangyun --data build/demo/data --case "$$(cat build/demo/case-id)"; fi

test: ## 只需编译软件包的测试；先说明不含什么
	@echo "不含：真实窗口与第三方软件的测试（make test-peers）、安装包测试（make test-packages）。下列为其余全部测试；因缺少程序而跳过的会列出 SKIP。"
	@$(PURE) $(GO) vet $(ALL)
	@set -o pipefail; $(PURE) $(GO) test -v -timeout 40m $(ALL) 2>&1 | awk -f installer/testlog.awk

test-peers: ## 与真实第三方软件一起的测试
	@installer/deps.sh compile
	@installer/deps.sh peers
	@installer/field-peers.sh
	@installer/versitygw.sh
	@mkdir -p build/bin
	@$(MAKE) --no-print-directory build gui
	@CGO_ENABLED=1 $(GO) vet ./cmd/shangyun
	@SHANGYUN_PEERS=1 $(PURE) $(GO) test -timeout 40m -count=1 $(PEERS)
	@SHANGYUN_PEERS=1 $(PURE) $(GO) test -timeout 30m -count=1 -run RealScanner ./ui/page

package: ## 从零做出全部安装包、更新包、校验和（需时较久）
	@installer/deps.sh packages
	@installer/package.sh

release: ## 发布：make release VERSION=0.2.0，改版本号、做全部安装包、由提交历史写发布说明
	@case "$(VERSION)" in [0-9]*.[0-9]*.[0-9]*) ;; *) echo "请写明版本：make release VERSION=0.2.0"; exit 2;; esac
	@[ "$$(cat installer/VERSION)" = "$(VERSION)" ] || { echo "$(VERSION)" > installer/VERSION; echo "installer/VERSION 已改为 $(VERSION)，请与 .github/CHANGELOG.md 一起提交"; }
	@$(MAKE) --no-print-directory package
	@echo "检查无误后：git tag v$(VERSION)，再把 build/package 交给用户。"

release-key: ## 发布者签名钥匙，只做一次：SHANGYUN_RELEASE_KEY=私钥文件 make release-key
	@[ -n "$$SHANGYUN_RELEASE_KEY" ] || { echo "请用 SHANGYUN_RELEASE_KEY 指明私钥写到哪里（不要放进源码）"; exit 2; }
	@$(PURE) $(GO) run ./cmd/shangyun-release key --secret "$$SHANGYUN_RELEASE_KEY" --public installer/minisign.pub

licences: ## 重新收集第三方许可
	@$(PURE) $(GO) run ./cmd/shangyun-release licences

test-packages: ## 安装包的测试：先 make package；需要 root，真正安装、启动、卸载
	@installer/deps.sh test-packages
	@ls build/package/SHA256SUMS >/dev/null 2>&1 || $(MAKE) --no-print-directory package
	@SHANGYUN_PACKAGES=1 $(PURE) $(GO) test -v -timeout 4h -count=1 ./installer

bench: ## 运行全部基准
	@$(PURE) $(GO) test -run '^$$' -bench . -benchtime 1s $(ALL)

bench-recommend: ## 选型求解与 CBC、GLPK 同场比较（SHANGYUN_SCP=目录 时加入 OR-Library 的 scp*.txt）
	@installer/deps.sh solvers
	@SHANGYUN_PEERS=1 $(PURE) $(GO) test -timeout 12h -run '^$$' -bench AgainstPeers -benchtime 1x ./connectors/solver

bench-scan: ## 网络盘点与 nmap、fingerprintx 在同一批主机上比较（需 root，自建网络命名空间）
	@installer/deps.sh field
	@installer/field-peers.sh
	@installer/fingerprintx.sh || echo "fingerprintx 不能编译，略过"
	@SHANGYUN_PEERS=1 SHANGYUN_BENCH_SCAN=1 $(PURE) $(GO) test -timeout 90m -count=1 -v -run TestBenchScan ./connectors/probe

fuzz-probe: ## 每个网络协议的解析器模糊测试，每个 SECONDS_EACH 秒（默认 60）
	@for f in $$($(PURE) $(GO) test -list 'Fuzz' ./connectors/probe | grep ^Fuzz); do $(PURE) $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $${SECONDS_EACH:-60}s ./connectors/probe | tail -1 | sed "s/^/$$f /" || exit 1; done

bench-papers: ## 文书：整套材料包、填 DOCX 与 docxtemplater、PDF 与 LibreOffice 转换同场比较，测算与推算
	@installer/deps.sh peers
	@mkdir -p build/npm && cd build/npm && npm install --silent --no-audit --no-fund --ignore-scripts docxtemplater@3.71.0 pizzip@3.2.0
	@SHANGYUN_PEERS=1 SHANGYUN_NPM=$(CURDIR)/build/npm $(PURE) $(GO) test -timeout 30m -run '^$$' -bench 'AgainstPeers|Dossier|Set$$' -benchtime 1x ./connectors/document
	@$(PURE) $(GO) test -timeout 30m -run '^$$' -bench 'Dossier|Set$$' ./connectors/document
	@$(PURE) $(GO) test -timeout 30m -run '^$$' -bench . ./survey/subsidy
	@$(PURE) $(GO) test -timeout 30m -run '^$$' -bench Simulate ./cmd/shangyunctl
	@$(PURE) $(GO) test -timeout 30m -run '^$$' -bench Invoice ./connectors/importer

house: ## 检查房屋规则
	@$(PURE) $(GO) test -run 'Room|Guard|Short|Clock|Pure|Libc' ./cmd

fmt: ## 检查格式
	@out=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "未格式化：$$out"; exit 1; }

vet: ## 静态检查
	@$(PURE) $(GO) vet $(ALL)

screenshots: build ## 重新生成说明文档里的截图
	@build/bin/shangyun-demo --bin build/bin --out build/demo --pages=false
	@build/bin/shangyun-shots --data build/demo/data --out assets/manual/shots --only home,firm,inventory,assess,result,recommend,subsidy-2,subsidy-4,review,settings

clean: ## 清除生成物
	@rm -rf build
