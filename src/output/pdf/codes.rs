//! Codes as pictures of one bit a module: some hundred bytes where drawn squares would take thousands.

/// Pixels in the side of a module. More than one, so that a page drawn at few dots an inch is smoothed from the
/// true edges of the modules and is still read.
const SCALE: usize = 4;

/// A picture of one bit a pixel; black is 0.
pub(super) struct Picture {
    pub width: usize,
    pub height: usize,
    pub bytes: Vec<u8>,
}

/// Modules row by row, `width` in a row, from the upper left; each row begins a new byte.
pub(super) fn picture(width: usize, dark: &[bool]) -> Picture {
    let bytes_of_line = (width * SCALE).div_ceil(8);
    let mut bytes = Vec::with_capacity(dark.len().div_ceil(width.max(1)) * SCALE * bytes_of_line);
    let mut line = Vec::with_capacity(bytes_of_line);
    for row in dark.chunks(width.max(1)) {
        line.clear();
        line.extend(row.chunks(2).map(|pair| half(pair.first()) << 4 | half(pair.get(1))));
        for _ in 0..SCALE {
            bytes.extend_from_slice(&line);
        }
    }
    Picture { width: width * SCALE, height: dark.len() / width.max(1) * SCALE, bytes }
}

/// The pixels of a module: half a byte.
const fn half(dark: Option<&bool>) -> u8 {
    match dark {
        Some(true) => 0x0,
        _ => 0xf,
    }
}
