#!/usr/bin/env bash
# Make sure browser tests can run: install Debian's chromium and Chinese fonts where this user may, else say so loudly.
set -u
have() { command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q .; }
have && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "安装 chromium 与中文字体（浏览器测试需要）…"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk fontconfig \
    || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk fontconfig; }; } >/dev/null 2>&1
fi
have && exit 0
echo "！！没有 chromium 或中文字体，浏览器测试将被跳过。请执行：sudo apt-get install chromium fonts-noto-cjk" >&2
[ "${CI:-}" = true ] && { echo "！！CI=true 时这是错误。" >&2; exit 1; }
exit 0
