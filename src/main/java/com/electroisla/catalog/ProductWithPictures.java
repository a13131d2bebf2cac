package com.electroisla.catalog;

import java.util.List;

/** @param pictures the product's own first, whoever wrote that; empty for a product without any */
public record ProductWithPictures(Product product, List<ProductPicture> pictures) {}
