"""What is tried when a search found nothing: codes above first, then those beside, the nearest first."""

from matchmaker.directory.nearby import _around_goods, _around_sectors


def test_goods_are_widened_then_neighbours_of_the_chapter_then_of_the_section() -> None:
    tried = _around_goods(["902519", "not a code"])
    assert tried[:5] == ["902519", "9025", "90", "9024", "9026"]
    assert _around_goods(["8802"])[:4] == ["8802", "88", "8801", "8804"]
    assert _around_goods(["8802"])[-3:] == ["87", "89", "86"]


def test_branches_are_followed_by_the_nearest_of_their_section() -> None:
    assert _around_sectors(["30.11", "xx"])[2:6] == ["29", "31", "28", "32"]
