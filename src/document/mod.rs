//! Documents: data to pages of boxes. Pure, and without floating point: places are hundredths of a millimetre.
//!
//! Read in this order: [`number`] and [`words`] (how Russian paper writes sums and days), [`page`] (what a laid-out
//! page is), [`metrics`], [`text`], [`canvas`], [`table`] and [`flow`] (from text to places), then the invoice:
//! [`invoice`] (what is printed), [`totals`] (that it adds up), [`payment_qr`] and [`payment_bar`] (its codes) and [`invoice_form`].
//! All other documents are templates: [`template`] fills them, [`compose`] lays them out, [`names`] has people in all cases.

pub mod bar_code;
pub mod canvas;
pub mod compose;
pub mod flow;
mod glue;
pub mod invoice;
pub mod invoice_form;
pub mod metrics;
pub mod names;
pub mod number;
pub mod page;
pub mod payment_bar;
pub mod payment_qr;
pub mod table;
pub mod template;
pub mod text;
pub mod totals;
pub mod words;
