"""Documents that leave the product: in what words and in what form people outside the hub read a record."""
