# Two commands a reader needs: `make book` and `make test`. Nothing is written outside this folder.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
CACHE := $(CURDIR)/.cache

# Python 3.11 to 3.13, the first that is found; PYTHON=... chooses another. If it is that of an
# environment, which may be the one that is replaced, its base.
FIND_PYTHON = for p in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit(1); \
	print(sys._base_executable)' 2>/dev/null && break; done
# Waits for a lock, which goes with the process that holds it, and becomes another command.
ALONE = import fcntl, os, sys; lock = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR); \
	os.set_inheritable(lock, True); fcntl.flock(lock, fcntl.LOCK_EX); os.execvp(sys.argv[2], sys.argv[2:])

export MPLBACKEND := agg
export MPLCONFIGDIR := $(CACHE)/matplotlib
export IPYTHONDIR := $(CACHE)/ipython
export JUPYTER_CONFIG_DIR := $(CACHE)/jupyter
export JUPYTER_DATA_DIR := $(CACHE)/jupyter/share
export JUPYTER_RUNTIME_DIR := $(CACHE)/jupyter/runtime
export UV_CACHE_DIR := $(CACHE)/uv
export XDG_CACHE_HOME := $(CACHE)
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONHASHSEED := 0
export PYDEVD_DISABLE_FILE_VALIDATION := 1
# Images and CI often tell Python to keep no compiled modules: each process of a build would then
# compile its libraries anew, three seconds of Sphinx's twelve.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup renew book run page test lint lab serve bench mutate mutants lock clean

help:
	@echo "make book   build the book (HTML and PDF)"
	@echo "make test   lint, tests, every chapter re-executed, checks of the built book"
	@echo "make run    re-execute every chapter in place"
	@echo "make page CHAPTER=trade  build the page of one chapter as it is being written"
	@echo "make lab    JupyterLab in the book's environment"
	@echo "make serve  the built book on http://localhost:8000"
	@echo "make bench  timings and memory"
	@echo "make mutate change each number of the evidence in turn, and see who notices"
	@echo "make mutants change the code of the reckoning in small steps, and see which test fails"

# Names of folders go to the shell in variables of its own, whatever signs they have.
OLD := .cache/venv.old
setup:
	@$(MAKE) -qs $(VENV)/ready || { python=$$($(FIND_PYTHON)); \
	test -n "$$python" || { echo "error: install Python 3.11, 3.12 or 3.13 (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13)" >&2; exit 2; }; \
	"$$python" -c 'import ensurepip, venv' 2>/dev/null || { echo "error: install Python's venv module (Debian, Ubuntu: apt install python3-venv)" >&2; exit 2; }; \
	mkdir -p .cache/tmp; \
	BASE="$$python" "$$python" -c '$(ALONE)' .cache/setup.lock $(MAKE) -s renew; }

# The old environment is put aside, and back if the new one fails, as it does without a network.
renew:
	@test ! -d $(OLD) || test -e $(VENV)/ready || { rm -rf $(VENV); mv $(OLD) $(VENV); }; \
	rm -rf $(OLD); ! $(MAKE) -qs $(VENV)/ready || exit 0; \
	trap 'test -e $(VENV)/ready || { rm -rf $(VENV); test ! -d $(OLD) || \
	{ mv $(OLD) $(VENV); echo "error: the lock could not be installed; the old environment stays" >&2; }; }' EXIT; \
	trap 'exit 2' INT TERM; test ! -d $(VENV) || mv $(VENV) $(OLD); \
	$(MAKE) -s $(VENV)/ready && rm -rf $(OLD)

$(VENV)/ready: requirements.txt pyproject.toml
	@"$$BASE" -m venv $(VENV)
	@awk '/^uv==/{on=1} on{print} on&&!/\\$$/{exit}' requirements.txt > $(VENV)/uv.txt
	@$(PY) -m pip install --quiet --no-deps --require-hashes -r $(VENV)/uv.txt
	@TMPDIR="$$PWD/.cache/tmp" $(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements.txt
	@TMPDIR="$$PWD/.cache/tmp" $(VENV)/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

book: setup
	@$(PY) -m analysis book

run: setup
	@$(PY) -m analysis run

# CHAPTER=trade: its page as it is being written; after the first time in seconds.
page: setup
	@$(PY) -m analysis page $(CHAPTER)

lint: setup
	@$(VENV)/bin/ruff check --quiet --cache-dir .cache/ruff .
	@$(VENV)/bin/ruff check --quiet --cache-dir .cache/ruff --config 'extend-exclude = []' --select F chapters
	@$(VENV)/bin/ruff format --quiet --check --cache-dir .cache/ruff .
	@$(PY) -m mypy --no-error-summary

# Committed chapters are looked at before anything is built: building would make stale ones fresh.
test: lint
	@$(PY) -m analysis check --chapters
	@$(PY) -m analysis book
	@XDG_CONFIG_HOME="$$PWD/.cache/config" $(PY) -m pytest

lab: setup
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-lab.txt
	@$(PY) -m jupyter lab chapters

serve: setup
	@$(PY) -m http.server --directory _build/html --bind 127.0.0.1 8000

# FULL=1 measures the reduction of BACI at its own size: an hour, and 4 GB of disk meanwhile; PEER=1
# builds the chapters with plain Jupyter Book as well.
bench: setup
	@$(PY) -m tools bench $(if $(FULL),--full) $(if $(PEER),--peer)

mutate: setup
	@$(PY) -m tools mutate

# The code of the reckoning floor; ROOMS=trade chooses, SAMPLE=100 takes so many of each room.
mutants: setup
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-mutants.txt
	@$(PY) tools/mutants.py $(ROOMS) --sample $(or $(SAMPLE),0) --seed $(or $(SEED),0)

# For maintainers: renew the lock. What is locked keeps its version, until its line is taken out of
# requirements.txt. It names no index, so that any mirror serves.
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
GROUPS := publishing refresh test tools
lock: setup
	@$(LOCK) pyproject.toml $(addprefix --group ,$(GROUPS)) -o requirements.txt
	@for group in lab mutants; do \
		$(LOCK) --group "$$group" -c requirements.txt -o "requirements-$$group.txt" || exit; done

clean:
	@rm -rf _build .cache .scratch
