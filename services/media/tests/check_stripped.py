#!/usr/bin/env python3
"""Acceptance check for served pictures: every file must be a JPEG that says nothing but its pixels.

    check_stripped.py FOLDER [--canary TEXT]...

Three layers, none of which knows the program that made the files:
  tags    whatever exiftool finds, less a list of what any JPEG must have
  bytes   a walk over the segments: only tables, frame and scan headers and a bare JFIF header; nothing after the end
  canary  the given texts, as UTF-8 and as UTF-16 of both orders, must not occur anywhere

Exit: 0 every file is clean, 1 something was found (one line each: file, layer, what), 2 the check could not be made.
"""
import argparse
import json
import pathlib
import subprocess
import sys

# What exiftool says of any JPEG: group -> tag -> the values allowed, or None for any.
STRUCTURE = {
    "File": dict.fromkeys(
        "FileType FileTypeExtension MIMEType ImageWidth ImageHeight EncodingProcess BitsPerSample ColorComponents "
        "YCbCrSubSampling".split()
    ),
    "Composite": dict.fromkeys(["ImageSize", "Megapixels"]),
    "JFIF": {"JFIFVersion": None, "ResolutionUnit": {"None"}, "XResolution": {1}, "YResolution": {1}},
}
# The copy on this disk and the tool itself, not the picture.
NOT_THE_FILE = {"System", "ExifTool:ExifToolVersion"}

FRAMES = {0xC0, 0xC1, 0xC2}
TABLES = {0xC4, 0xDB, 0xDD}
START_OF_SCAN = 0xDA
END = b"\xff\xd9"


def tags(files):
    """file -> findings of exiftool; every file must be answered for."""
    command = ["exiftool", "-json", "-G1:4", "-a", "-ee3", "-q", "-q", *map(str, files)]
    try:
        answer = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        sys.exit("check_stripped: exiftool is needed: install libimage-exiftool-perl")
    found = {pathlib.Path(entry["SourceFile"]): entry for entry in json.loads(answer.stdout or b"[]")}
    return {file: list(residue(found.get(file))) for file in files}


def residue(entry):
    if entry is None:
        yield "exiftool says nothing of this file"
        return
    for key, value in entry.items():
        if key == "SourceFile":
            continue
        parts = [part for part in key.split(":") if not part.startswith("Copy")]
        group, tag = parts[0], parts[-1]
        if group in NOT_THE_FILE or f"{group}:{tag}" in NOT_THE_FILE:
            continue
        allowed = STRUCTURE.get(group, {})
        if tag not in allowed or (allowed[tag] is not None and value not in allowed[tag]):
            yield f"{key} = {str(value)[:60]!r}"


def segments(data):
    """What a walk over the bytes finds that a bare JPEG does not have."""
    if data[:2] != b"\xff\xd8":
        return [f"not a JPEG: {data[:12].hex()}"]
    found, at = [], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return [*found, f"stray bytes at {at}"]
        marker = data[at + 1]
        if data[at : at + 2] == END:
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        if marker == 0xE0 and body[:5] == b"JFIF\0":
            if body[5:] != b"\x01\x02\0\0\x01\0\x01\0\0":
                found.append(f"JFIF header says {body[5:].hex()}")
        elif marker not in FRAMES | TABLES | {START_OF_SCAN}:
            found.append(f"segment FF{marker:02X} of {length} bytes: {body[:16]!r}")
        at += 2 + length
        if marker == START_OF_SCAN:
            while (at := data.find(b"\xff", at)) >= 0 and (data[at + 1 : at + 2] or END)[0] in {0, *range(0xD0, 0xD8)}:
                at += 2
            if at < 0:
                return [*found, "no end of image"]
    if data[at : at + 2] != END:
        found.append("no end of image")
    elif at + 2 != len(data):
        found.append(f"{len(data) - at - 2} bytes after the end of the image")
    return found


def canaries(data, texts):
    low = data.lower()
    for text in texts:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            if text.lower().encode(encoding) in low:
                yield f"{text!r} as {encoding}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--canary", action="append", default=[])
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.rglob("*") if path.is_file())
    if not files:
        print("check_stripped: no files", file=sys.stderr)
        return 2
    found = tags(files)
    dirty = 0
    for file in files:
        data = file.read_bytes()
        findings = [("tags", what) for what in found[file]]
        findings += [("bytes", what) for what in segments(data)]
        findings += [("canary", what) for what in canaries(data, arguments.canary)]
        dirty += bool(findings)
        for layer, what in findings:
            print(f"{file.name}\t{layer}\t{what}")
    print(f"checked {len(files)} files, {len(files) - dirty} clean, {dirty} not")
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
