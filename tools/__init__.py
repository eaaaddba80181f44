"""What makes parts of the project beforehand, and is no part of the product."""
