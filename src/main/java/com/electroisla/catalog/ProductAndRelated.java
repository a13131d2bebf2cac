package com.electroisla.catalog;

import java.util.List;

/**
 * A product as its page shows it.
 *
 * @param related others of its category that are on sale, newest first, few
 * @param favorites how many people keep it as a favourite
 */
public record ProductAndRelated(ProductWithPictures shown, List<Product> related, long favorites) {}
