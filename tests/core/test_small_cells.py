"""Figures for everybody: none of a cell whose firms could be told apart."""

from matchmaker.core.small_cells import without_small


def test_cells_when_fewer_than_five_firms_then_left_out():
    figures = {"Konya": 7, "Bursa": 9, "Izmir": 1}
    assert without_small(figures, {"Konya": 5, "Bursa": 4}) == {"Konya": 7}
