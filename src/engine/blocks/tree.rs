//! A tree of lines: branches open and close, the cursor goes over what is in sight.

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// How deep it stands.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// Whether its branches are shown.
    pub open: bool,
    /// The fact behind it, where it is a leaf: its kind and row.
    pub fact: Option<(String, i64)>,
    /// The operation behind it.
    pub operation: Option<uuid::Uuid>,
    /// Whether it is a heading.
    pub is_heading: bool,
}

/// The lines and the cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// All lines, a branch before its twigs.
    pub nodes: Vec<Node>,
    /// The line under the cursor, counted over all.
    pub at: usize,
    /// The first visible line in sight.
    pub top: usize,
}

impl Tree {
    /// Other lines instead: branches that stand where others stood open as they did, and the cursor stays.
    #[must_use]
    pub fn told_anew(&self, mut nodes: Vec<Node>) -> Self {
        for (node, was) in nodes.iter_mut().zip(&self.nodes).take_while(|(node, was)| node.depth == was.depth)
        {
            node.open |= was.open;
        }
        let at = self.at.min(nodes.len().saturating_sub(1));
        Self { nodes, at, top: self.top }
    }

    /// The lines in sight: those with no closed branch above.
    #[must_use]
    pub fn visible(&self) -> Vec<usize> {
        let mut visible = Vec::new();
        let mut closed: Option<usize> = None;
        for (index, node) in self.nodes.iter().enumerate() {
            if closed.is_some_and(|depth| node.depth > depth) {
                continue;
            }
            closed = if node.open { None } else { Some(node.depth) };
            visible.push(index);
        }
        visible
    }

    /// Whether a line has branches.
    #[must_use]
    pub fn is_branch(&self, index: usize) -> bool {
        let depth = |index: usize| self.nodes.get(index).map(|node| node.depth);
        depth(index + 1).is_some_and(|below| Some(below) > depth(index))
    }

    /// Moves over visible lines.
    pub fn step(&mut self, by: isize) {
        let visible = self.visible();
        let here = visible.iter().position(|index| *index == self.at).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(visible.len().saturating_sub(1));
        self.at = visible.get(there).copied().unwrap_or(0);
    }

    /// Opens a branch; `false` = there was nothing to open.
    pub fn open(&mut self) -> bool {
        let is_closed = self.is_branch(self.at) && self.nodes.get(self.at).is_some_and(|node| !node.open);
        if let Some(node) = self.nodes.get_mut(self.at).filter(|_| is_closed) {
            node.open = true;
        }
        is_closed
    }

    /// Closes a branch, or goes to the one it hangs on.
    pub fn close(&mut self) {
        let branch = self.is_branch(self.at);
        let Some(node) = self.nodes.get_mut(self.at) else { return };
        if branch && node.open {
            node.open = false;
            return;
        }
        let depth = node.depth;
        if let Some(above) = self.nodes[..self.at].iter().rposition(|node| node.depth < depth) {
            self.at = above;
        }
    }

    /// Keeps the cursor in sight.
    pub fn follow(&mut self, height: usize) {
        let visible = self.visible();
        let here = visible.iter().position(|index| *index == self.at).unwrap_or(0);
        if height == 0 {
            return;
        }
        if here < self.top {
            self.top = here.saturating_sub(height / 2);
        } else if here >= self.top + height {
            self.top = (here + 1 + height / 2).saturating_sub(height);
        }
        self.top = self.top.min(visible.len().saturating_sub(height.min(visible.len())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(depths: &[usize]) -> Tree {
        let node = |depth: &usize| Node { depth: *depth, ..Node::default() };
        Tree { nodes: depths.iter().map(node).collect(), ..Tree::default() }
    }

    #[test]
    fn closed_branches_hide_what_hangs_on_them() {
        let mut tree = tree(&[0, 1, 2, 1, 0]);
        assert_eq!(tree.visible(), [0, 4]);
        assert!(tree.open());
        assert_eq!(tree.visible(), [0, 1, 3, 4]);
        tree.step(1);
        assert!(tree.open());
        assert_eq!(tree.visible(), [0, 1, 2, 3, 4]);
        tree.step(1);
        tree.close();
        assert_eq!(tree.at, 1, "a leaf closes towards its branch");
        tree.step(-9);
        assert_eq!(tree.at, 0);
        tree.step(9);
        assert_eq!(tree.at, 4);
    }
}
