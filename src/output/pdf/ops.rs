//! Boxes as operations of a page: where exact hundredths of a millimetre become the floating points of the writer.
#![allow(clippy::float_arithmetic)] // the writer takes nothing else; no sum of money comes here

use std::collections::BTreeMap;

use printpdf::{
    Color, Greyscale, Line, LineDashPattern, LinePoint, Mm, Op, PaintMode, PdfFontHandle, Point, Pt, Rect,
    TextItem, XObject, XObjectId, XObjectTransform,
};

use super::{codes, font_id};
use crate::document::page::{Area, Item, Length, Page, Rule, Run, Style};

/// Dash and gap of a line to cut along, in points.
const DASHES: [f32; 2] = [4.0, 3.0];

/// What is already set while a page is written: the same is not said twice.
#[derive(Default)]
struct State {
    style: Option<Style>,
    thickness: Option<Length>,
}

/// Hundredths of a millimetre as millimetres.
pub(super) fn mm(length: Length) -> Mm {
    Mm(length as f32 / 100.0)
}

/// The operations of a page. Pictures it needs are added to `pictures`.
pub(super) fn page(page: &Page, pictures: &mut BTreeMap<XObjectId, XObject>) -> Vec<Op> {
    let mut ops = vec![Op::SetFillColor { col: black() }, Op::SetOutlineColor { col: black() }];
    let mut state = State::default();
    for item in &page.items {
        match item {
            Item::Text(run) => text(&mut ops, &mut state, page, run),
            Item::Rule(line) => rule(&mut ops, &mut state, page, line),
            Item::Frame { area, thickness } => {
                outline(&mut ops, &mut state, *thickness);
                ops.push(Op::DrawRectangle { rectangle: rectangle(page, *area) });
            }
            Item::Code { area, modules } => {
                let id = XObjectId(format!("C{}", pictures.len()));
                pictures.insert(id.clone(), codes::picture(modules));
                ops.push(Op::UseXobject { id, transform: placed(page, *area) });
            }
            Item::Bars { area, dark } => {
                let id = XObjectId(format!("C{}", pictures.len()));
                pictures.insert(id.clone(), codes::bars(dark));
                ops.push(Op::UseXobject { id, transform: placed(page, *area) });
            }
        }
    }
    ops
}

/// Every run is a text of its own: readers that know nothing of places still tell one cell from the next.
fn text(ops: &mut Vec<Op>, state: &mut State, page: &Page, run: &Run) {
    ops.push(Op::StartTextSection);
    if state.style != Some(run.style) {
        let font = PdfFontHandle::External(font_id(run.style.face));
        ops.push(Op::SetFont { font, size: Pt(run.style.size as f32 / 10.0) });
        state.style = Some(run.style);
    }
    let pos = Point { x: points(run.area.x), y: points(page.height - run.baseline) };
    ops.push(Op::SetTextCursor { pos });
    ops.push(Op::ShowText { items: shown(run) });
    ops.push(Op::EndTextSection);
}

/// The text of a run; where its spaces are wider than the face has them, each is followed by a move to the right, in thousandths
/// of the size.
fn shown(run: &Run) -> Vec<TextItem> {
    if run.spread == 0 {
        return vec![TextItem::Text(run.text.clone())];
    }
    let size = run.style.size as f32 / 10.0;
    let wider = -points(run.spread).0 * 1_000.0 / size;
    let mut items = Vec::new();
    for part in run.text.split_inclusive(' ') {
        items.push(TextItem::Text(part.to_owned()));
        if part.ends_with(' ') {
            items.push(TextItem::Offset(wider));
        }
    }
    items
}

/// Makes ready to draw lines of a thickness.
fn outline(ops: &mut Vec<Op>, state: &mut State, thickness: Length) {
    if state.thickness != Some(thickness) {
        ops.push(Op::SetOutlineThickness { pt: points(thickness) });
        state.thickness = Some(thickness);
    }
}

fn rule(ops: &mut Vec<Op>, state: &mut State, page: &Page, rule: &Rule) {
    outline(ops, state, rule.thickness);
    let point = |(x, y): (Length, Length)| LinePoint {
        p: Point { x: points(x), y: points(page.height - y) },
        bezier: false,
    };
    let line = Line { points: vec![point(rule.from), point(rule.to)], is_closed: false };
    if rule.dashed {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &DASHES) });
        ops.push(Op::DrawLine { line });
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::default() });
    } else {
        ops.push(Op::DrawLine { line });
    }
}

fn rectangle(page: &Page, area: Area) -> Rect {
    Rect {
        x: points(area.x),
        y: points(page.height - area.bottom()),
        width: points(area.width),
        height: points(area.height),
        mode: Some(PaintMode::Stroke),
        winding_order: None,
    }
}

/// A picture stretched over an area.
fn placed(page: &Page, area: Area) -> XObjectTransform {
    XObjectTransform {
        translate_x: Some(points(area.x)),
        translate_y: Some(points(page.height - area.bottom())),
        scale_x: Some(points(area.width).0),
        scale_y: Some(points(area.height).0),
        no_auto_scale: true,
        ..XObjectTransform::default()
    }
}

/// Hundredths of a millimetre as points, rounded to hundredths of a point: a millimetre is 72/25.4 points.
fn points(length: Length) -> Pt {
    let hundredths = (i64::from(length) * 720 + 127) / 254;
    Pt(hundredths as f32 / 100.0)
}

fn black() -> Color {
    Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None })
}
