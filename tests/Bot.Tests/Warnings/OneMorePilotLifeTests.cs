using Bot.Chat;
using Bot.Initiatives;
using Bot.Privacy;
using Bot.Tests.Initiatives;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Warnings;

// From two stalled initiatives to a new one, what is said about it, and what ends it.
public sealed class OneMorePilotLifeTests : IAsyncLifetime
{
    private const string Clear = "The CRM has no field for the score, so nobody saw it";
    private Product _product = null!;
    private InitiativeId _triage;
    private InitiativeId _scoring;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _triage = await _product.RegisterAsync("Ticket triage", Stage.Stalled, by: "ben", since: "2026-09-07T08:00:00Z");
        _scoring = await _product.RegisterAsync("Lead scoring", Stage.Stalled, by: "ben", since: "2026-10-12T08:00:00Z");
        await _product.RegisterAsync("Invoice reader", Stage.Production, owner: "ana", since: "2026-09-01T08:00:00Z");
        await AnswerAsync("ben", _scoring, "DataQuality", "not ready");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task A_new_pilot_is_met_with_the_earlier_ones_their_weeks_and_their_answers_verbatim()
    {
        await NewAsync();

        var post = _product.Chat.Post("warning:");
        Assert.Equal(Product.Team, post.Conversation);
        Assert.Contains("Warning: one more pilot", post.Shown);
        Assert.Contains("2 earlier initiatives stopped before production, all without a clear answer.", post.Shown);
        Assert.Contains("Ticket triage: stalled 11 weeks ago. Nobody has said what stopped it", post.Shown);
        Assert.Contains("Lead scoring: stalled 6 weeks ago. Recorded: data quality: \"not ready\"", post.Shown);
        Assert.Contains("What specifically prevented the last one from reaching production?", post.Shown);
        Assert.Contains("What stopped Ticket triage?", post.Shown);
        Assert.Contains("What stopped Lead scoring?", post.Shown);
    }

    [Fact]
    public async Task Clear_answers_lower_it_and_end_it_and_its_card_changes_in_place()
    {
        await NewAsync();

        await AnswerAsync("dev", _scoring, "Integration", Clear);
        var post = _product.Chat.Post("warning:");
        Assert.Contains("Notice: one more pilot", post.Shown);
        Assert.Contains($"integration: \"{Clear}\"", post.Shown);
        Assert.DoesNotContain("What stopped Lead scoring?", post.Shown);

        await AnswerAsync("dev", _triage, "Cost", "Licences for forty agents were twice the saving");
        Assert.Contains("Resolved: the facts changed in the week of 23 November.", post.Shown);
        Assert.DoesNotContain("What stopped", post.Shown);
        Assert.Equal(WarningState.Resolved, (await OneAsync()).State);
    }

    [Fact]
    public async Task A_text_alone_is_shown_and_lowers_nothing()
    {
        await NewAsync();
        var id = (await OneAsync()).Id;

        var reply = await AnswerWarningAsync("ben", id, "I ask both teams on Monday");

        Assert.Contains("stays open until", CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card));
        Assert.Contains("“I ask both teams on Monday”", _product.Chat.Post("warning:").Shown);
        Assert.Equal((WarningState.Open, 2), ((await OneAsync()).State, (await OneAsync()).Level));
    }

    [Fact]
    public async Task Answers_given_while_registering_count_at_once()
    {
        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ben", "new")).Form;
        await _product.SendAsync("ben", form.Ref, new()
        {
            ["name"] = "Churn predictor", ["owner"] = (await _product.PersonAsync("ana")).ToString(),
            [InitiativeForm.Cause + _scoring] = "Integration", [InitiativeForm.Sentence + _scoring] = Clear,
        });
        await _product.DeliverAsync();

        Assert.Equal(1, (await OneAsync()).Level);
        Assert.Contains(Clear, _product.Chat.Post("warning:").Shown);
    }

    [Fact]
    public async Task A_third_one_makes_it_critical_once_and_what_stalls_long_after_is_not_its_concern()
    {
        await NewAsync();
        await _product.UseAsync(db => db.Initiatives.Where(i => i.Stage == Stage.Production).ExecuteUpdateAsync(s => s.SetProperty(i => i.Stage, Stage.Retired)));
        await _product.MoveToAsync("2026-12-14T08:00:00Z");
        await _product.RegisterAsync("Reply drafts", Stage.Stalled);
        await ShowAsync();
        Assert.Equal(3, (await OneAsync()).Level);

        await _product.MoveToAsync("2027-02-01T08:00:00Z");
        await _product.RegisterAsync("Late one", Stage.Stalled);
        Assert.Contains("3 stopped pilots and zero production systems", await ShowAsync());
    }

    [Fact]
    public async Task An_earlier_one_that_starts_again_and_moves_on_is_no_longer_among_them()
    {
        await NewAsync();

        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("root", "stage Ticket triage pilot")).Form;
        await _product.SendAsync("root", form.Ref, new() { ["stage"] = "Pilot", ["reason"] = "a new sponsor" });
        await _product.DeliverAsync();

        Assert.Equal((1, "1 earlier initiative stopped before production, without a clear answer."), ((await OneAsync()).Level, (await OneAsync()).Finding));
        Assert.DoesNotContain("Ticket triage", _product.Chat.Posts.First(p => p.Key.StartsWith("warning:")).Shown);
    }

    [Fact]
    public async Task A_loop_started_without_registering_first_is_met_the_same_way()
    {
        await _product.StartLoopAsync();

        Assert.Contains("Lead scoring: stalled 6 weeks ago", _product.Chat.Post("warning:").Shown);
    }

    [Fact]
    public async Task The_sample_portfolio_and_another_workspace_have_pasts_of_their_own()
    {
        await _product.UseAsync(db => db.Initiatives.Where(i => i.Stage == Stage.Stalled).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsSample, true)));

        await NewAsync();

        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("warning:"));
    }

    [Fact]
    public async Task What_I_said_goes_from_the_warning_that_quotes_it_with_my_texts()
    {
        await NewAsync();
        await AnswerWarningAsync("ben", (await OneAsync()).Id, "I ask both teams on Monday");

        var privacy = CardText.Of(Assert.IsType<Reply.Whisper>(await _product.TypeAsync("ben", "privacy")).Card);
        var reply = await _product.PressAsync("ben", DeleteMyTexts.Action, "me");
        await _product.DeliverAsync();

        Assert.Contains("1 answer", privacy);
        Assert.Contains("1 answer to warnings", CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card));
        var shown = _product.Chat.Post("warning:").Shown;
        Assert.DoesNotContain("not ready", shown);
        Assert.DoesNotContain("both teams", shown);
        Assert.Contains("the text was deleted", shown);
        Assert.All(await _product.UseAsync(db => db.WarningAnswers.ToListAsync()), a => Assert.Equal("", a.Text));
        Assert.All(await _product.UseAsync(db => db.Warnings.ToListAsync()), w => Assert.DoesNotContain("not ready", w.Evidence + w.Finding));
    }

    private async Task NewAsync()
    {
        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ben", "new")).Form;
        await _product.SendAsync("ben", form.Ref, new() { ["name"] = "Churn predictor", ["owner"] = (await _product.PersonAsync("ana")).ToString() });
        await _product.DeliverAsync();
    }

    private async Task AnswerAsync(string who, InitiativeId about, string cause, string sentence)
    {
        await _product.SendAsync(who, new ActionRef(AnswerObstacle.FormName, about.ToString()), new() { ["cause"] = cause, ["sentence"] = sentence });
        await _product.DeliverAsync();
    }

    private async Task<Reply> AnswerWarningAsync(string who, WarningId id, string text)
    {
        var form = await _product.OpenAsync(who, AnswerWarning.Action, id.ToString(), Product.Team);
        var reply = await _product.SendAsync(who, form.Ref, new() { ["text"] = text }, channel: Product.Team);
        await _product.DeliverAsync();
        return reply;
    }

    private async Task<string> ShowAsync() => CardText.Of(Assert.IsType<Reply.Whisper>(await _product.TypeAsync("ben", "warnings Churn predictor")).Card);

    private Task<Warning> OneAsync() => _product.UseAsync(db => db.Warnings.AsNoTracking()
        .SingleAsync(w => w.Rule == "one-more-pilot" && db.Initiatives.Any(i => i.Id == w.InitiativeId && i.Name == "Churn predictor")));
}
