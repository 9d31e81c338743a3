using Bot.Chat;
using Bot.CheckIns;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.CheckIns;

/// <summary>
/// The check-in as typed: a missing or unknown rating, unknown choices, "nothing" beside others, texts at 2,000 and 2,001 (emoji count
/// two), numbers with point and comma and none, hours out of a week, several faults at once; and a saved answer back into the form.
/// </summary>
public sealed class CheckInFieldsTests
{
    private static readonly Probe Asked = Probe.Pool[0];

    [Fact]
    public void A_rating_alone_is_a_check_in()
    {
        var fields = Accepted(("rating", "4"));

        Assert.Equal(
            (4, Struggles.None, false, null, null, null),
            (fields.Rating, fields.Struggles, fields.Nameless, fields.Drift, fields.ProbeAnswer, fields.MetricValue));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("5", 5)]
    [InlineData("unused", null)]
    public void A_rating_is_one_to_five_or_did_not_use_it(string typed, int? rating) => Assert.Equal(rating, Accepted(("rating", typed)).Rating);

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("3.5")]
    [InlineData("Unused")]
    [InlineData("３")]
    public void Any_other_rating_is_refused_at_the_rating(string? typed)
    {
        var errors = Refused(("rating", typed));

        Assert.Equal(["rating"], errors.Keys);
        Assert.Contains("\"did not use it\"", errors["rating"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", Struggles.WrongResults)]
    [InlineData("wrong,trust,job", Struggles.WrongResults | Struggles.NoTrust | Struggles.WorriedForJob)]
    [InlineData("nothing", Struggles.Nothing)]
    public void Struggles_are_taken_as_they_were_chosen(string typed, Struggles struggles)
    {
        Assert.Equal(struggles, Accepted(("rating", "3"), ("struggles", typed)).Struggles);
    }

    [Theory]
    [InlineData("wrong,odd")]
    [InlineData("WrongResults")]
    [InlineData("nothing,slow")]
    [InlineData("1")]
    public void An_unknown_struggle_or_nothing_beside_others_is_refused_at_the_struggles(string typed)
    {
        Assert.Equal(["struggles"], Refused(("rating", "3"), ("struggles", typed)).Keys);
    }

    [Theory]
    [InlineData("drift", "maybe")]
    [InlineData("probe", "sometimes")]
    [InlineData("metric", "many")]
    [InlineData("metric", "1.000,5")]
    [InlineData("metric", "1e999")]
    [InlineData("metric", "NaN")]
    [InlineData("hours", "-1")]
    [InlineData("hours", "168.5")]
    [InlineData("hours", "two")]
    public void What_is_no_choice_or_no_number_is_refused_at_its_field(string field, string typed)
    {
        Assert.Equal([field], Refused(("rating", "3"), (field, typed)).Keys);
    }

    [Fact]
    public void An_answer_to_a_probe_nobody_asked_is_refused()
    {
        var fields = CheckInFields.Parse(Typed(("rating", "3"), ("probe", "yes")), null, out var errors);

        Assert.Null(fields);
        Assert.Equal(["probe"], errors.Keys);
    }

    [Theory]
    [InlineData("41", 41)]
    [InlineData("0.85", 0.85)]
    [InlineData("0,85", 0.85)]
    [InlineData("-3", -3)]
    public void A_number_may_be_written_with_a_point_or_a_comma(string typed, double value)
    {
        Assert.Equal(value, Accepted(("rating", "3"), ("metric", typed)).MetricValue);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2,5", 2.5)]
    [InlineData("168", 168)]
    public void Hours_fit_into_a_week(string typed, double hours) => Assert.Equal(hours, Accepted(("rating", "3"), ("hours", typed)).SupportHours);

    [Theory]
    [InlineData("comment")]
    [InlineData("struggleText")]
    [InlineData("driftSource")]
    [InlineData("driftExample")]
    public void A_text_of_two_thousand_is_taken_and_one_more_is_refused_with_the_count(string field)
    {
        string[] longest = [new('x', CheckInFields.MaxText), string.Concat(Enumerable.Repeat("😀", CheckInFields.MaxText / 2)), $"  {new string('x', CheckInFields.MaxText)}  "];

        foreach (var text in longest)
        {
            Accepted(("rating", "3"), (field, text));
            var errors = Refused(("rating", "3"), (field, text.Trim() + "x"));
            Assert.Equal([field], errors.Keys);
            Assert.Equal("At most 2,000 characters; this is 2,001. Nothing you typed is lost.", errors[field]);
        }
    }

    [Fact]
    public void Every_fault_is_told_at_once_each_at_its_field()
    {
        var errors = Refused(
            ("struggles", "odd"), ("drift", "maybe"), ("probe", "sometimes"), ("metric", "many"), ("hours", "two"), ("comment", new string('x', CheckInFields.MaxText + 1)));

        Assert.Equal(["comment", "drift", "hours", "metric", "probe", "rating", "struggles"], errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_within_the_limits_is_accepted_and_kept_as_typed()
    {
        var texts = Gen.Elements("a", " ", "é", "😀", "\n", "*", "${x}", "<b>").ArrayOf().Select(parts => string.Concat(parts.Take(400)));
        Prop.ForAll(texts.ToArbitrary(), Gen.Elements("1", "2", "3", "4", "5", "unused").ToArbitrary(), Gen.Elements("no", "unsure", "yes", "").ToArbitrary(), (text, rating, drift) =>
        {
            var fields = CheckInFields.Parse(Typed(("rating", rating), ("comment", text), ("drift", drift), ("probe", Asked.Choices[^1].Value), ("nameless", "true")), Asked, out _);

            return fields is not null && fields.Comment == (string.IsNullOrWhiteSpace(text) ? null : text.Trim()) && fields.Nameless && fields.ProbeAnswer == Asked.Choices[^1].Value;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_saved_answer_comes_back_into_the_form_and_reads_as_the_same_answer()
    {
        var ratings = Gen.Elements<int?>(null, 1, 2, 3, 4, 5);
        var struggles = Gen.OneOf(Gen.Choose(0, 255).Select(flags => (Struggles)flags), Gen.Constant(Struggles.Nothing));
        var drifts = Gen.Elements<DriftSeen?>(null, DriftSeen.No, DriftSeen.NotSure, DriftSeen.Yes);
        Prop.ForAll(ratings.ToArbitrary(), struggles.ToArbitrary(), drifts.ToArbitrary(), (rating, struggle, drift) =>
        {
            var saved = Empty();
            (saved.Rating, saved.Struggles, saved.Drift, saved.Comment, saved.MetricValue, saved.SupportHours) = (rating, struggle, drift, "a comment", 0.85, 2.5);

            var again = Empty();
            CheckInFields.Parse(CheckInFields.ToValues(saved), Asked, out _)!.WriteTo(again, keepStruggles: true);

            return (again.Rating, again.Struggles, again.Drift, again.Comment, again.MetricValue, again.SupportHours) == (rating, struggle, drift, "a comment", 0.85, 2.5);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_given_without_a_name_is_not_written_into_the_answer()
    {
        var answer = Empty();

        Accepted(("rating", "2"), ("struggles", "job"), ("struggleText", "mine"), ("nameless", "true")).WriteTo(answer, keepStruggles: false);

        Assert.Equal((2, Struggles.None, null), (answer.Rating, answer.Struggles, answer.StruggleText));
    }

    [Fact]
    public void Every_struggle_has_a_name_of_its_own()
    {
        var all = CheckInFields.Each((Struggles)~0).ToList();

        Assert.Equal(Enum.GetValues<Struggles>().Where(struggle => struggle != Struggles.None), all);
        Assert.Equal(all.Count, all.Select(CheckInFields.Label).Distinct().Count());
    }

    private static CheckInFields Accepted(params (string Field, string? Typed)[] typed)
    {
        var fields = CheckInFields.Parse(Typed(typed), Asked, out var errors);
        Assert.Empty(errors);
        return fields!;
    }

    private static IReadOnlyDictionary<string, string> Refused(params (string Field, string? Typed)[] typed)
    {
        Assert.Null(CheckInFields.Parse(Typed(typed), Asked, out var errors));
        return errors;
    }

    private static FormValues Typed(params (string Field, string? Typed)[] typed) => new(typed.Select(t => KeyValuePair.Create(t.Field, t.Typed!)));

    private static Answer Empty() => new() { Id = AnswerId.From(Guid.Empty), RoundId = RoundId.From(Guid.Empty), At = DateTimeOffset.UnixEpoch };
}
