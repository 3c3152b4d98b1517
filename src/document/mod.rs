//! Documents: data and template to pages of boxes. Pure.
