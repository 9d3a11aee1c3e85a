SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.9
PORT ?= 8000
.DEFAULT_GOAL := help

.PHONY: help setup run test bench screenshots
help: ## 列出可用命令
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# The second try trusts the machine's own certificates: behind an office's proxy only those are right.
$(VENV)/.stamp: pyproject.toml uv.lock
	@test -x $(PY) || python3 -m venv $(VENV)
	@$(VENV)/bin/python -c 'import importlib.metadata as m, sys; sys.exit(m.version("uv") != "$(UV_VERSION)")' 2>/dev/null \
		|| $(VENV)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(VENV)/bin/uv sync --quiet --frozen --inexact --extra postgres 2>/dev/null \
		|| $(VENV)/bin/uv sync --quiet --frozen --inexact --extra postgres --system-certs
	@touch $@

setup: $(VENV)/.stamp ## 建立虚拟环境并按锁文件安装依赖

run: setup ## 打开培训城市，在 127.0.0.1:$(PORT) 提供服务（Ctrl-C 结束全部进程）
	@ZHICHENG_VAR=$${ZHICHENG_VAR:-var/training} exec $(VENV)/bin/zhicheng run --port $(PORT)

test: setup ## 全部检查：格式、类型、分层、单元、流程、浏览器
	@tools/browser-for-tests.sh
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo 2>/dev/null || $(VENV)/bin/lint-imports
	@$(VENV)/bin/pytest -n 2 --dist loadfile

bench: setup ## 性能：先看比值
	@$(VENV)/bin/zhicheng bench plan
	@$(VENV)/bin/zhicheng bench pages
	@$(VENV)/bin/zhicheng bench cases

screenshots: setup ## 重拍 docs/screenshots 的页面图
	@tools/browser-for-tests.sh
	@$(VENV)/bin/python tools/screenshots.py
