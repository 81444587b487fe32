//! Structural similarity of brightness (Wang et al. 2004), over windows of 8 x 8 pixels at steps of 4.

use super::encode::Rgb;

fn luma(picture: &Rgb) -> Vec<f64> {
    picture
        .data
        .chunks_exact(3)
        .map(|p| 0.299 * f64::from(p[0]) + 0.587 * f64::from(p[1]) + 0.114 * f64::from(p[2]))
        .collect()
}

/// Mean over all windows: 1 where both are the same.
pub fn ssim(a: &Rgb, b: &Rgb) -> f64 {
    assert_eq!(
        (a.width, a.height),
        (b.width, b.height),
        "only pictures of one size compare"
    );
    let (width, height) = (a.width as usize, a.height as usize);
    let (luma_a, luma_b) = (luma(a), luma(b));
    let window_w = width.min(8);
    let window_h = height.min(8);
    let n = (window_w * window_h) as f64;
    let (mut sum, mut windows) = (0.0, 0.0);
    for top in (0..=height - window_h).step_by(4) {
        for left in (0..=width - window_w).step_by(4) {
            let mut moments = [0.0f64; 5];
            for y in top..top + window_h {
                for x in left..left + window_w {
                    let (p, q) = (luma_a[y * width + x], luma_b[y * width + x]);
                    for (moment, value) in moments.iter_mut().zip([p, q, p * p, q * q, p * q]) {
                        *moment += value / n;
                    }
                }
            }
            let [ma, mb, aa, bb, ab] = moments;
            let (c1, c2) = ((0.01f64 * 255.0).powi(2), (0.03f64 * 255.0).powi(2));
            let (va, vb, cov) = (aa - ma * ma, bb - mb * mb, ab - ma * mb);
            sum += (2.0 * ma * mb + c1) * (2.0 * cov + c2)
                / ((ma * ma + mb * mb + c1) * (va + vb + c2));
            windows += 1.0;
        }
    }
    sum / windows
}
