using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Exports;
using Bot.Initiatives;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Evidence;

/// <summary>Where evidence turns up: in the check-in, in the review, as the behaviour metric, in the export.</summary>
public sealed class ShownEvidenceTests
{
    private static readonly Dictionary<string, string> Deflected = new() { ["metric"] = "Tickets deflected", ["unit"] = "tickets", ["target"] = "60" };

    [Fact]
    public async Task The_check_in_shows_what_monitors_reported_above_the_drift_question()
    {
        await using var product = await Product.StartAsync();
        var (loop, key) = await StartAsync(product);
        await SendAsync(product, key, Share(0.67, "2026-11-24T06:00:00Z"));
        await product.MoveToAsync("2026-11-25T09:30:00Z");

        var shown = CardText.Of(await OpenCheckInAsync(product, loop));

        Assert.Contains("Monitors reported this week:", shown);
        Assert.Contains("share 0.67 (drift, PSI, threshold 0.5) · monitor", shown);
        Assert.True(shown.IndexOf("Does this match what you see?", StringComparison.Ordinal) < shown.IndexOf("Did what goes in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_report_the_check_in_says_nothing_of_monitors()
    {
        await using var product = await Product.StartAsync();
        var (loop, key) = await StartAsync(product, Deflected);
        await SendAsync(product, key, """{"series":"tickets_deflected","value":41,"at":"2026-11-24T06:00:00Z"}""");
        await SendAsync(product, key, Share(0.67, "2026-11-10T06:00:00Z"));
        await product.MoveToAsync("2026-11-25T09:30:00Z");

        Assert.DoesNotContain("Monitors", CardText.Of(await OpenCheckInAsync(product, loop)));
    }

    [Fact]
    public async Task The_review_names_that_people_see_what_monitors_do_not()
    {
        await using var product = await Product.StartAsync();
        var (loop, key) = await StartAsync(product);
        await SendAsync(product, key, Share(0.1, "2026-11-24T06:00:00Z"));
        await product.MoveToAsync("2026-11-25T09:30:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        foreach (var who in new[] { "ana", "ben", "chloe" })
        {
            await product.AnswerAsync(who, round.Id, "4", new() { ["drift"] = "yes" });
        }

        await product.MoveToAsync("2026-11-26T09:00:00Z");

        var review = product.Chat.Post("review:").Shown;
        Assert.Contains("They disagree: people see drift that the monitors do not.", review);
        Assert.Contains("share 0.1 (no drift, PSI, threshold 0.5) · monitor", review);
    }

    [Fact]
    public async Task An_alert_that_has_fired_for_weeks_is_of_this_week_too()
    {
        await using var product = await Product.StartAsync();
        var (_, key) = await StartAsync(product);
        await SendAsync(product, key, Encoding.UTF8.GetString(Payloads.Read("alertmanager-firing")));
        await SendAsync(product, key, Encoding.UTF8.GetString(Payloads.Read("alertmanager-resolved")));

        var figure = await OfWeekAsync(product, key, "2026-11-20T00:00:00Z");

        Assert.Equal(["NoSeverity", "LatencyHigh"], figure.Items.Select(i => i.Series));
    }

    [Fact]
    public async Task A_series_that_comes_often_does_not_push_out_one_that_comes_once()
    {
        await using var product = await Product.StartAsync();
        var (_, key) = await StartAsync(product);
        await SendAsync(product, key, Share(0.67, "2026-11-17T06:00:00Z"));
        await SendAsync(product, key, "[" + string.Join(',', Enumerable.Range(0, 6000).Select(
            n => $$"""{"series":"latency","value":{{n}},"at":"{{DateTimeOffset.Parse("2026-11-17T07:00:00Z").AddMinutes(n):yyyy-MM-ddTHH:mm:ssZ}}"}""")) + "]");

        var figure = await OfWeekAsync(product, key, "2026-11-16T00:00:00Z");

        Assert.Equal([("share", 0.67), ("latency", 5999)], figure.Items.Select(i => (i.Series, i.Value!.Value)));
    }

    [Fact]
    public async Task The_metric_of_a_week_is_what_the_owner_typed_or_else_the_last_that_was_sent_in_that_week()
    {
        await using var product = await Product.StartAsync();
        var (loop, key) = await StartAsync(product, Deflected);
        var seeded = await product.UseAsync(db => db.Loops.AsNoTracking().SingleAsync(l => l.Id == loop));
        foreach (var date in new[] { "2026-11-05", "2026-11-12", "2026-11-19" })
        {
            await product.SeedWeekAsync(seeded, date);
        }

        var typed = await product.RoundAsync(loop, "2026-11-19");
        await product.SeedAsync(new Answer
        {
            Id = Id.New<AnswerId>(product.Clock), RoundId = typed.Id, PersonId = await product.PersonAsync("ana"), Rating = 4, MetricValue = 50, At = product.Clock.Now,
        });
        await SendAsync(product, key, """
            [
              {"series":"tickets_deflected","value":1,"at":"2026-11-08T22:59:00Z"},
              {"series":"tickets_deflected","value":30,"at":"2026-11-08T23:00:00Z"},
              {"series":"tickets_deflected","value":33,"at":"2026-11-15T22:59:00Z"},
              {"series":"tickets_deflected","value":31,"at":"2026-11-10T09:00:00Z"},
              {"series":"Tickets deflected","value":7,"at":"2026-11-12T09:00:00Z"},
              {"series":"tickets_deflected","value":40,"at":"2026-11-20T09:00:00Z"}
            ]
            """);
        DateOnly[] dates = [new(2026, 10, 29), new(2026, 11, 5), new(2026, 11, 12), new(2026, 11, 19)];

        var values = await product.UseAsync(db => MetricFromEvidence.OfLoopAsync(db, loop, dates, CancellationToken.None));
        var figures = await product.UseAsync(async db => await new ReadWeeks(db).FiguresAsync(await db.Rounds.SingleAsync(r => r.LoopId == loop && r.ReviewDate == dates[2]), CancellationToken.None));

        // A week begins on Monday in Berlin, an hour ahead of UTC.
        Assert.Equal([(dates[1], 1.0), (dates[2], 33.0), (dates[3], 50.0)], values.OrderBy(v => v.Key).Select(v => (v.Key, v.Value)));
        Assert.Equal(33, figures.Metric);
    }

    [Fact]
    public async Task A_value_corrected_later_takes_the_place_of_the_first()
    {
        await using var product = await Product.StartAsync();
        var (loop, key) = await StartAsync(product, Deflected);
        await SendAsync(product, key, """{"series":"tickets_deflected","value":41,"at":"2026-11-19T09:00:00Z"}""");
        product.Clock.Now += TimeSpan.FromMinutes(1);
        await SendAsync(product, key, """{"series":"tickets_deflected","value":43,"at":"2026-11-19T09:00:00Z"}""");

        var values = await product.UseAsync(db => MetricFromEvidence.SentAsync(db, loop, [new(2026, 11, 19)], CancellationToken.None));

        Assert.Equal(43, Assert.Single(values).Value);
    }

    [Fact]
    public async Task Everything_sent_is_in_the_export_and_its_weeks_have_the_metric()
    {
        await using var product = await Product.StartAsync();
        var (loop, key) = await StartAsync(product, Deflected);
        var seeded = await product.UseAsync(db => db.Loops.AsNoTracking().SingleAsync(l => l.Id == loop));
        await product.SeedWeekAsync(seeded, "2026-11-19");
        await SendAsync(product, key, """{"series":"tickets_deflected","value":41,"at":"2026-11-19T09:00:00Z","unit":"tickets"}""");

        var all = await product.UseAsync(async db =>
        {
            var it = await db.Loops.SingleAsync(l => l.Id == loop);
            var inHand = new LoopInHand(it, await db.Initiatives.SingleAsync(i => i.Id == it.InitiativeId), await db.Channels.SingleAsync(c => c.Id == it.ChannelId));
            return JsonNode.Parse(await new WriteExport(new ReadExport(db), product.Clock).BytesAsync(inHand, ExportFile.All, CancellationToken.None))!;
        });

        var item = Assert.Single(all["evidence"]!.AsArray())!;
        Assert.Equal(("plain", "tickets_deflected", 41, "unknown"), ((string?)item["source"], (string?)item["series"], (double)item["value"]!, (string?)item["verdict"]));
        Assert.Equal(41, (double)all["weeks"]![0]!["metric"]!);
    }

    private static string Share(double value, string at) => $$"""{"series":"share","method":"PSI","threshold":0.5,"value":{{value}},"at":"{{at}}"}""";

    private static async Task<(LoopId Loop, VerifiedKey Key)> StartAsync(Product product, Dictionary<string, string>? but = null)
    {
        var loop = await product.StartLoopAsync(but: but);
        return (loop, await TakeEvidenceTests.KeyAsync(product, await product.UseAsync(db => db.Loops.AsNoTracking().SingleAsync(l => l.Id == loop))));
    }

    private static Task<EvidenceTaken> SendAsync(Product product, VerifiedKey key, string body) =>
        TakeEvidenceTests.TakeAsync(product, key, TakeEvidenceTests.Read(body, product.Clock.Now));

    private static async Task<MonitorFigure> OfWeekAsync(Product product, VerifiedKey key, string from)
    {
        await using var scope = product.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ReadEvidence>()
            .OfWeekAsync(key.Initiative, DateTimeOffset.Parse(from), DateTimeOffset.Parse(from).AddDays(7), CancellationToken.None);
    }

    private static async Task<Card> OpenCheckInAsync(Product product, LoopId loop)
    {
        var round = await product.RoundAsync(loop, "2026-11-26");
        return (await product.OpenAsync("ben", OpenCheckIn.Action, round.Id.ToString())).Card;
    }
}
