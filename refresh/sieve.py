"""Lines of a year's file that may concern some countries, found before anything is parsed.

One line in a hundred concerns the members. To split the others into columns costs more than all the
rest, so they are told by their first signs, ``2023,31,792,``, many lines at a time.
"""

from collections.abc import Iterable

import numpy as np

#: Signs that may be looked at past the end of the last line.
_PAD = bytes(24)
_COMMA = ord(",")
#: For codes of so many digits, which signs of a word belong to it.
_MASKS = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF], dtype="<u4")
#: Zeros, as signs, for the places that such a code leaves.
_FILL = np.array([0, 0x303000, 0x300000, 0], dtype="<u4")
#: A bit at sign n of eight, times this, has n as its highest byte.
_PLACES = np.uint64(0x0001020304050607)


class Sieve:
    """Lets lines through that may concern some countries.

    It only ever lets too much through: a line that does not begin plainly, with the year and codes
    of one to three digits, passes for the parser to judge.

    Parameters
    ----------
    year : int
        Of the file.
    countries : iterable of int
        Numeric codes of one to three digits.
    both : bool
        Whether exporter and importer must both be among them, or one of the two.

    Examples
    --------
    >>> block = b"2023,31,792,270900,1,1\\n2023,4,792,270900,1,1\\n2023,792,31,270900,1,1\\n"
    >>> kept, rows, count = Sieve(2023, [31, 792], both=True).lines(block)
    >>> kept == [b"2023,31,792,270900,1,1\\n", b"2023,792,31,270900,1,1\\n"], rows.tolist(), count
    (True, [0, 2], 3)
    """

    def __init__(self, year: int, countries: Iterable[int], *, both: bool) -> None:
        self._head = _word(f"{year},".encode())
        self._codes = np.array([_word(f"{code}".encode()) for code in countries], dtype="<u4")
        self._both = both

    def lines(self, block: bytes) -> tuple[list[bytes], np.ndarray, int]:
        """Take the lines of a block that pass.

        Parameters
        ----------
        block : bytes
            Whole lines, the last of them ended too.

        Returns
        -------
        list of bytes
            The lines that pass, with their ends.
        ndarray of int
            Which lines of the block they are, from 0.
        int
            How many lines the block has.
        """
        ends = _ends(block)
        starts = np.concatenate(([0], ends[:-1]))
        padded = block + _PAD
        # Eight signs from each place on as one number, and four.
        eight = np.ndarray(len(block) + 17, dtype="<u8", buffer=padded, strides=(1,))
        four = np.ndarray(len(block) + 21, dtype="<u4", buffer=padded, strides=(1,))
        sure = (eight[starts] & 0xFF_FFFF_FFFF) == self._head
        sold, plain, digits = self._judged(four[starts + 5])
        sure &= plain
        # Importers matter where the exporter has not settled it.
        open_ = np.flatnonzero(sure & (sold if self._both else ~sold))
        kept = ~sure if self._both else ~sure | sold
        if len(open_):
            bought, plain, _ = self._judged(four[starts[open_] + digits[open_] + 6])
            kept[open_[bought | ~plain]] = True
        rows = np.flatnonzero(kept)
        return [block[starts[row] : ends[row]] for row in rows], rows, len(ends)

    def _judged(self, word: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Tell of the code at the start of each word: wanted, plain, and its digits.

        A release is sorted, so that a word is mostly the one before it: each run is judged once.
        """
        edges = np.concatenate(([0], np.flatnonzero(word[1:] != word[:-1]) + 1, [len(word)]))
        length = edges[1:] - edges[:-1]
        word = word[edges[:-1]]
        digits = _digits(word)
        code = word & _MASKS[digits]
        plain = (digits > 0) & ((code & 0xFF) != ord("0")) & _all_digits(code, digits)
        wanted = (code[:, None] == self._codes).any(axis=1)
        return np.repeat(wanted, length), np.repeat(plain, length), np.repeat(digits, length)


def _ends(block: bytes) -> np.ndarray:
    """Find where each line of a block ends.

    Eight signs are looked at together, as a number that has a bit where a line ends: an eighth of
    the numbers to go through. Where lines are so short that two end among eight, each sign is.

    Examples
    --------
    >>> _ends(b"a longer line\\nand another\\n").tolist(), _ends(b"a\\n\\n").tolist()
    ([14, 26], [2, 3])
    """
    hits = np.zeros(-(-len(block) // 8) * 8, dtype=bool)
    np.equal(np.frombuffer(block, dtype=np.uint8), ord("\n"), out=hits[: len(block)])
    words = hits.view("<u8")
    found = np.flatnonzero(words)
    if len(found) < np.count_nonzero(hits):
        return np.flatnonzero(hits) + 1
    return found * 8 + ((words[found] * _PLACES) >> 56).astype(np.int64) + 1


def _word(signs: bytes) -> int:
    return int.from_bytes(signs, "little")


def _digits(word: np.ndarray) -> np.ndarray:
    """Count the signs before the first comma: 1 to 3, or 0 where it is further on."""
    commas = [((word >> (8 * place)) & 0xFF) == _COMMA for place in (1, 2, 3)]
    return np.select(commas, [1, 2, 3], 0)


def _all_digits(code: np.ndarray, digits: np.ndarray) -> np.ndarray:
    """Tell whether the signs of a code are digits: one below 0 or above 9 sets a high bit."""
    three = code + _FILL[digits]
    return (((three - 0x303030) | (three + 0x464646)) & 0x808080) == 0
