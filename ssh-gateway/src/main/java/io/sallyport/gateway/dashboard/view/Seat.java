package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.Questions;

/**
 * What views have around them.
 *
 * @param house read and moved on by others, under the lock that views are drawn under
 * @param questions asked by errands only
 * @param who sits here
 * @param logCharacters of a log that are held at a time
 * @param changed to be called, by any thread, when there is something else to draw
 */
public record Seat(House house, Questions questions, Who who, int logCharacters, Runnable changed) {}
