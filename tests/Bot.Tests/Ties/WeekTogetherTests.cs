using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Ties;

namespace Bot.Tests.Ties;

// The line of the digest: both places' counts with each person once, the mean of both only where both are shown and nobody is in both, and nothing of a place that is not tied.
public sealed class WeekTogetherTests
{
    private const string Opening = "2026-11-25T09:00:00Z";
    private const string Closed = "2026-11-26T09:31:00Z";
    private const string Week = "2026-11-26";

    [Fact]
    public async Task Both_digests_say_how_many_of_both_answered_and_how_it_performs_for_both()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await AnswerAsync(places, here: ["5", "4", "4", "4"], there: ["2", "1", "1"]);

        await places.Product.MoveToAsync(Closed);

        // 4.3 of 4 (as shown, of 4.25) and 1.3 of 3.
        Assert.Contains(
            "Followed in two places, here and in #general in Globex: together 7 of 7 answered this week, each person counted once. Performance of both: 3.0 of 5.", Digest(places, Product.Team));
        Assert.Contains(
            "Followed in two places, here and in #churn in Acme: together 7 of 7 answered this week, each person counted once. Performance of both: 3.0 of 5.", Digest(places, TwoPlaces.General));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    public async Task While_either_place_shows_no_mean_there_is_none_of_both(int here, int there)
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await AnswerAsync(places, [.. Enumerable.Repeat("4", here)], [.. Enumerable.Repeat("2", there)]);

        await places.Product.MoveToAsync(Closed);

        Assert.Contains($"together {here + there} of 7 answered this week", Digest(places, Product.Team));
        Assert.DoesNotContain("Performance of both", Digest(places, Product.Team));
        Assert.DoesNotContain("Performance of both", Digest(places, TwoPlaces.General));
    }

    [Fact]
    public async Task A_place_whose_review_is_later_is_told_so_far_and_its_end_changes_the_earlier_digest()
    {
        await using var places = await TwoPlaces.StartTiedAsync(but: new() { ["day"] = "Friday" });
        await AnswerAsync(places, ["4", "4", "4", "4"], []);

        await places.Product.MoveToAsync(Closed);
        var thursday = Digest(places, Product.Team);
        var friday = (await places.Product.RoundAsync(places.There, "2026-11-27")).Id;
        await places.AnswerThereAsync("hana", friday, "3");
        await places.Product.MoveToAsync("2026-11-27T09:31:00Z");

        Assert.Contains("together 4 of 7 answered so far (the digest there is still to come)", thursday);
        Assert.Contains("together 5 of 7 answered this week", Digest(places, Product.Team));
        Assert.Contains("together 5 of 7 answered this week", Digest(places, TwoPlaces.General));
    }

    [Fact]
    public async Task A_place_that_left_the_week_out_is_said_to_have_asked_nobody()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await places.TypeThereAsync("gus", "skip 2026-11-26 holiday");

        await places.Product.MoveToAsync(Closed);

        Assert.Contains("Followed in two places. #general in Globex has not asked anybody this week.", Digest(places, Product.Team));
    }

    /// <summary>Taking Ben out of one of the two means would show, beside the two digests, what Ben said.</summary>
    [Fact]
    public async Task Who_answered_in_both_is_counted_once_and_then_there_is_no_mean_of_both()
    {
        await using var places = await TwoPlaces.StartAsync();
        await places.Product.MoveToAsync(Opening);
        await places.TieAsync();
        var (here, there) = ((await places.Product.RoundAsync(places.Here, Week)).Id, (await places.Product.RoundAsync(places.There, Week)).Id);
        foreach (var who in new[] { "ana", "ben", "chloe" })
        {
            await places.Product.AnswerAsync(who, here, "4");
        }

        foreach (var who in new[] { "gus", "hana", "benny" })
        {
            await places.AnswerThereAsync(who, there, "2");
        }

        await places.Product.MoveToAsync(Closed);

        Assert.Contains("together 5 of 7 answered this week, each person counted once", Digest(places, Product.Team));
        Assert.DoesNotContain("Performance of both", Digest(places, Product.Team));
    }

    /// <summary>A late answer waits in both: the mean of both is made of what both digests show, whatever was given since.</summary>
    [Fact]
    public async Task A_late_answer_moves_the_count_and_not_the_mean_of_both()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await AnswerAsync(places, ["4", "4", "4"], ["2", "2", "2"]);
        await places.Product.MoveToAsync(Closed);

        await places.Product.AnswerAsync("dev", (await places.Product.RoundAsync(places.Here, Week)).Id, "1");
        var mine = Shown(await places.Product.TypeAsync("ana", "digest"));
        var theirs = Shown(await places.TypeThereAsync("gus", "digest"));

        Assert.All([mine, theirs], digest => Assert.Contains("together 7 of 7 answered this week, each person counted once. Performance of both: 3.0 of 5.", digest));
    }

    [Fact]
    public async Task Without_a_tie_and_after_its_end_nothing_of_the_other_place_is_found()
    {
        await using var places = await TwoPlaces.StartAsync();
        Assert.Null(await AcrossAsync(places, places.Here));
        await places.TieAsync();
        Assert.Equal("#general in Globex", (await AcrossAsync(places, places.Here))?.Name);
        await AnswerAsync(places, ["4", "4", "4", "4"], ["2", "2", "2"]);

        await places.Product.PressAsync("root", EndTie.Action, places.Here.ToString());
        await places.Product.MoveToAsync(Closed);

        Assert.Null(await AcrossAsync(places, places.Here));
        Assert.Null(await AcrossAsync(places, places.There));
        Assert.DoesNotContain("two places", Digest(places, Product.Team));
        Assert.DoesNotContain("two places", Digest(places, TwoPlaces.General));
    }

    [Fact]
    public async Task Of_weeks_reviewed_before_the_tie_nothing_is_told()
    {
        await using var places = await TwoPlaces.StartAsync();
        await AnswerAsync(places, ["4", "4", "4", "4"], ["2", "2", "2"]);
        await places.Product.MoveToAsync(Closed);

        await places.TieAsync();

        Assert.DoesNotContain("two places", Shown(await places.Product.TypeAsync("ana", "digest")));
    }

    [Fact]
    public async Task Nothing_that_anybody_wrote_and_no_name_of_a_person_crosses()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await AnswerAsync(places, ["4", "4", "4", "4"], ["2", "2", "2"], new() { ["comment"] = "zx said here", ["struggles"] = "wrong", ["struggleText"] = "zx got in the way", ["drift"] = "yes", ["driftExample"] = "zx looks different" });

        await places.Product.MoveToAsync(Closed);
        var read = string.Join('\n', places.Product.Chat.To(TwoPlaces.General).Select(m => m.Shown).Append(Shown(await places.TypeThereAsync("gus", "together"))).Append(Shown(await places.TypeThereAsync("gus", "people"))));

        Assert.Contains("zx", Digest(places, Product.Team));
        Assert.DoesNotContain("zx", read);
        Assert.All(["Ana", "Ben\r", "Ben\n", "Chloe", "Dev", "Root"], name => Assert.DoesNotContain(name, read));
    }

    private static async Task AnswerAsync(TwoPlaces places, string[] here, string[] there, Dictionary<string, string>? more = null)
    {
        await places.Product.MoveToAsync(Opening);
        var mine = (await places.Product.RoundAsync(places.Here, Week)).Id;
        foreach (var (who, rating) in new[] { "ana", "ben", "chloe", "dev" }.Zip(here))
        {
            await places.Product.AnswerAsync(who, mine, rating, more);
        }

        foreach (var (who, rating) in new[] { "gus", "hana", "ivo" }.Zip(there))
        {
            await places.AnswerThereAsync(who, (await places.Product.RoundAsync(places.There, Week)).Id, rating);
        }
    }

    private static string Digest(TwoPlaces places, string channel) => places.Product.Chat.To(channel).Last(m => m.Key.StartsWith("digest:")).Shown;

    private static Task<OtherPlace?> AcrossAsync(TwoPlaces places, LoopId loop) => places.Product.AskAsync<AcrossTies, OtherPlace?>(across => across.OfAsync(loop, CancellationToken.None));

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}
