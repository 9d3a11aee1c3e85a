SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.9
PORT ?= 8000
.DEFAULT_GOAL := help

.PHONY: help setup run test bench screenshots
help: ## 列出可用命令
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.stamp: pyproject.toml uv.lock
	@test -x $(PY) || python3 -m venv $(VENV)
	@$(VENV)/bin/python -c 'import importlib.metadata as m, sys; sys.exit(m.version("uv") != "$(UV_VERSION)")' 2>/dev/null \
		|| $(VENV)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(VENV)/bin/uv sync --quiet --frozen --inexact --extra postgres
	@touch $@

setup: $(VENV)/.stamp ## 建立虚拟环境并按锁文件安装依赖
