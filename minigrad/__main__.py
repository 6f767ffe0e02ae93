"""What runs when somebody types `minigrad` or `python -m minigrad`?"""

import sys

# What each module that the library itself does without is called where it is installed from.
OPTIONAL = {
    "typer": "typer",
    "rich": "rich",
    "matplotlib": "matplotlib",
    "sklearn": "scikit-learn",
}


def main() -> None:
    """Run the command line, or say what has to be installed first."""
    try:
        from minigrad.demo.command import app

        app(prog_name="minigrad")
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in OPTIONAL:
            raise
        print(
            f"minigrad: the command line needs {OPTIONAL[missing]}, which is not installed; "
            "pip install 'minigrad[demo]' installs what it needs",
            file=sys.stderr,
        )
        sys.exit(2)
    except KeyboardInterrupt:
        print("minigrad: interrupted", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
