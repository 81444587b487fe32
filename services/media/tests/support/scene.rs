//! Pictures made up on the spot: the same numbers every time, and as hard to compress as a photo.

/// A deterministic stream of numbers (splitmix64), so that fixtures never change.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Red, green and blue of a made-up landscape: slow gradients, soft shapes at several scales, a little grain.
pub fn photo(width: u32, height: u32, seed: u64) -> Vec<u8> {
    let octaves: Vec<(f32, f32, Vec<f32>, usize, usize)> = [256.0f32, 64.0, 16.0, 6.0]
        .iter()
        .zip([70.0f32, 40.0, 22.0, 12.0])
        .enumerate()
        .map(|(i, (&scale, strength))| {
            let columns = (width as f32 / scale) as usize + 2;
            let rows = (height as f32 / scale) as usize + 2;
            let mut dice = Dice::new(seed ^ i as u64);
            let grid = (0..columns * rows * 3)
                .map(|_| (dice.roll() >> 40) as f32 / (1 << 24) as f32 - 0.5)
                .collect();
            (scale, strength, grid, columns, rows)
        })
        .collect();
    let mut dice = Dice::new(seed);
    let mut out = Vec::with_capacity(width as usize * height as usize * 3);
    for y in 0..height {
        for x in 0..width {
            let grain = ((dice.roll() >> 60) as f32 - 7.5) * 0.3;
            for channel in 0..3usize {
                let base = match channel {
                    0 => 90.0 + 80.0 * x as f32 / width as f32,
                    1 => 120.0,
                    _ => 150.0 - 70.0 * y as f32 / height as f32,
                };
                let mut value = base + grain;
                for (scale, strength, grid, columns, _) in &octaves {
                    let (fx, fy) = (x as f32 / scale, y as f32 / scale);
                    let (ix, iy) = (fx as usize, fy as usize);
                    let (tx, ty) = (fx - ix as f32, fy - iy as f32);
                    let at =
                        |dx: usize, dy: usize| grid[((iy + dy) * columns + ix + dx) * 3 + channel];
                    let top = at(0, 0) * (1.0 - tx) + at(1, 0) * tx;
                    let bottom = at(0, 1) * (1.0 - tx) + at(1, 1) * tx;
                    value += strength * (top * (1.0 - ty) + bottom * ty);
                }
                out.push(value.clamp(0.0, 255.0) as u8);
            }
        }
    }
    out
}
