"""How long an author waits: a file of a bank of a thousand questions is saved, and its page is there again.

`python -m bench.preview` copies the bank as many times as it takes, then saves questions of every sort.
"""

import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from portal.bank.workshop import Workshop
from portal.cli.preview.server import make_app
from portal.settings import CONTENT, Settings

QUESTIONS = 1000
TIMES = 5


def main() -> None:
    """Print the time of the first reading, then of each kind of question, in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "fr"
        _thousand(folder)
        begun = time.perf_counter()
        workshop = Workshop(folder)
        count = sum(1 for _ in workshop.bank.every_challenge())
        print(f"{count} questions read in {time.perf_counter() - begun:.1f} s")
        settings = Settings(instance=folder, database_url="sqlite://", secret_key="k" * 64, content=folder)
        client = make_app(workshop, settings).test_client()
        for path in sorted(folder.glob("sujets/*/*.yaml"))[:: max(1, count // 200)]:
            _save_and_look(client, path)


def _thousand(folder: Path) -> None:
    """Copy the bank, its subjects several times under other names, until there are enough questions."""
    shutil.copytree(CONTENT, folder)
    subjects = sorted(folder.glob("sujets/*/*.yaml"))
    written = sum(len(re.findall(r"^ +kind: ", path.read_text("utf-8"), re.MULTILINE)) for path in subjects)
    for copy in range(1, -(-QUESTIONS // written)):
        for path in subjects:
            text = re.sub(rf"\b{path.stem}\b(?!\S*\.svg)", f"{path.stem}-v{copy}", path.read_text("utf-8"))
            path.with_stem(f"{path.stem}-v{copy}").write_text(text, "utf-8")
            page = folder / "tutoriels" / path.parent.name / f"{path.stem}.md"
            shutil.copyfile(page, page.with_stem(f"{path.stem}-v{copy}"))


def _save_and_look(client: FlaskClient, path: Path) -> None:
    """Save one more second in each question of a subject, and wait for its page."""
    text = path.read_text("utf-8")
    times = {}
    for question, kind in re.findall(r"- id: (\S+)\n +kind: (\S+)", text):
        client.get(f"/question/{question}")
        taken = []
        for turn in range(TIMES):
            mark = text.index(f"- id: {question}\n")
            end = text.index("seconds: ", mark)
            path.write_text(
                f"{text[:end]}seconds: {40 + turn} # {turn}\n{text[text.index(chr(10), end) + 1 :]}", "utf-8"
            )
            begun = time.perf_counter()
            state, page = client.get("/etat"), client.get(f"/question/{question}")
            taken.append(1000 * (time.perf_counter() - begun))
            assert (state.status_code, page.status_code) == (200, 200)
        times[f"{question} ({kind})"] = (statistics.median(taken), max(taken))
    for name, (usual, worst) in times.items():
        print(f"{name:<60}{usual:>8.0f}{worst:>8.0f}")
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
