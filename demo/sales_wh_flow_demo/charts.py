"""Charts as inline SVG, drawn from plain rows; each has a title and a description for who cannot see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, cos, radians, sqrt

WIDTH = 460
_ROW, _BAR = 26, 14


@dataclass(frozen=True, slots=True)
class Bar:
	"""``parts``: (value, CSS class) side by side. ``note`` stands behind the bar."""

	label: str
	parts: tuple[tuple[float, str], ...]
	note: str = ""

	@property
	def value(self) -> float:
		return sum(value for value, _css in self.parts)


@dataclass(frozen=True, slots=True)
class Dot:
	"""``size``: what the area of the dot stands for; 0 draws a point without a label."""

	label: str
	latitude: float
	longitude: float
	size: float = 0.0
	note: str = ""


def bars(
	title: str, rows: Sequence[Bar], label_width: int = 140, note_width: int = 90, full: float = 0.0
) -> str:
	"""Horizontal bars. ``full``: the value that fills the width; 0 takes the largest."""
	full = full or max((row.value for row in rows), default=0) or 1
	room = WIDTH - label_width - note_width
	height = _ROW * max(len(rows), 1) + 4
	shapes = []
	for place, row in enumerate(rows):
		top = place * _ROW + 6
		middle = top + _BAR / 2 + 4
		shapes.append(
			f'<text x="{label_width - 10}" y="{middle}" text-anchor="end">{escape(row.label)}</text>'
		)
		shapes.append(
			f'<rect class="track" x="{label_width}" y="{top}" width="{room}" height="{_BAR}" rx="3"/>'
		)
		left = float(label_width)
		for value, css in row.parts:
			width = room * value / full
			if width > 0:
				shapes.append(
					f'<rect class="{css}" x="{left:.1f}" y="{top}" width="{max(width, 1.5):.1f}"'
					f' height="{_BAR}" rx="3"/>'
				)
			left += width
		shapes.append(
			f'<text class="note" x="{label_width + room + 8}" y="{middle}">{escape(row.note)}</text>'
		)
	said = "; ".join(f"{row.label} {row.note}" for row in rows) or "nothing to show"
	return _svg(title, said, WIDTH, height, shapes)


def columns(title: str, rows: Sequence[tuple[str, float, float]], names: tuple[str, str]) -> str:
	"""Pairs of columns along time: (label, first, second)."""
	height, base, left = 190, 160, 26
	highest = max((max(first, second) for _label, first, second in rows), default=0) or 1
	highest = 2 * ceil(highest / 2)
	step = (WIDTH - left) / max(len(rows), 1)
	shapes = []
	for share in (0.5, 1.0):
		y = base - share * (base - 14)
		shapes.append(f'<line class="grid" x1="{left}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
		shapes.append(
			f'<text class="note" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{highest * share:g}</text>'
		)
	every = max(1, round(len(rows) / 7))
	for place, (label, first, second) in enumerate(rows):
		x = left + place * step
		for offset, value, css in ((0.12, first, "tone-blue"), (0.5, second, "tone-green")):
			tall = (base - 14) * value / highest
			shapes.append(
				f'<rect class="{css}" x="{x + offset * step:.1f}" y="{base - tall:.1f}"'
				f' width="{step * 0.36:.1f}" height="{tall:.1f}" rx="1.5"/>'
			)
		if place % every == 0 and x < WIDTH - 40:
			shapes.append(f'<text class="note" x="{x:.1f}" y="{base + 18}">{escape(label)}</text>')
	shapes.append(f'<line class="axis" x1="{left}" x2="{WIDTH}" y1="{base}" y2="{base}"/>')
	said = "; ".join(f"{label}: {first:g} {names[0]}, {second:g} {names[1]}" for label, first, second in rows)
	return _svg(title, said, WIDTH, height, shapes)


def dot_map(
	title: str, places: Sequence[Dot], points: Iterable[Dot], links: Iterable[tuple[Dot, Dot]]
) -> str:
	"""Places as dots whose area is their size, points beside them, and links between both; north is up."""
	points, links = list(points), list(links)
	project, width, height = _projection([*places, *points])
	shapes = list(_graticule([*places, *points], project, width, height))
	for start, end in links:
		(x1, y1), (x2, y2) = project(start), project(end)
		shapes.append(f'<line class="link" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
	for point in points:
		x, y = project(point)
		shapes.append(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="1.8"/>')
	largest = max((place.size for place in places), default=0) or 1
	for place in sorted(places, key=lambda place: -place.size):
		x, y = project(place)
		radius = 4 + 17 * sqrt(place.size / largest)
		shapes.append(
			f'<circle class="place" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
			f"<title>{escape(place.label)}: {escape(place.note)}</title></circle>"
		)
		is_right = x > width * 0.78
		at, anchor = (x - radius - 4, "end") if is_right else (x + radius + 4, "start")
		shapes.append(
			f'<text class="place-name" x="{at:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">'
			f"{escape(place.label)}</text>"
		)
	said = "; ".join(f"{place.label}: {place.note}" for place in places)
	return _svg(title, said, width, height, shapes)


def _projection(dots: Sequence[Dot]):
	"""Longitude shrunk by the cosine of the middle latitude: right enough for a continent."""
	south, north = min(dot.latitude for dot in dots) - 1, max(dot.latitude for dot in dots) + 1
	west, east = min(dot.longitude for dot in dots) - 1.5, max(dot.longitude for dot in dots) + 1.5
	shrink = cos(radians((south + north) / 2))
	scale = 640 / max((east - west) * shrink, 0.1)
	width, height = 640, min(max((north - south) * scale, 240), 720)

	def project(dot: Dot) -> tuple[float, float]:
		return ((dot.longitude - west) * shrink * scale, (north - dot.latitude) / (north - south) * height)

	return project, width, round(height)


def _graticule(dots: Sequence[Dot], project, width: float, height: float) -> Iterable[str]:
	"""Every fifth parallel and meridian, so that distances can be judged without a coastline."""
	for latitude in range(-90, 91, 5):
		_x, y = project(Dot("", latitude, dots[0].longitude))
		if 8 < y < height - 4:
			yield f'<line class="grid" x1="0" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>'
			side = "N" if latitude >= 0 else "S"
			yield f'<text class="note" x="4" y="{y - 4:.1f}">{abs(latitude)}° {side}</text>'
	for longitude in range(-180, 181, 5):
		x, _y = project(Dot("", dots[0].latitude, longitude))
		if 30 < x < width - 30:
			yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/>'
			side = "E" if longitude > 0 else "W" if longitude else ""
			yield f'<text class="note" x="{x + 4:.1f}" y="{height - 5}">{abs(longitude)}° {side}</text>'


def _svg(title: str, said: str, width: float, height: float, shapes: Iterable[str]) -> str:
	name = "".join(letter for letter in title.lower() if letter.isalnum())
	return (
		f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
		f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>'
		+ "".join(shapes)
		+ "</svg>"
	)
