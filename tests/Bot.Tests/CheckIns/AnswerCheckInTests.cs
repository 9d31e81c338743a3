using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.CheckIns;

// Answering: saved, changed until the next week opens, late with the digest told, drafts, faults at their field, "without my name",
// nothing shown below three and no difference that shows one person.
public sealed class AnswerCheckInTests : IAsyncLifetime
{
    private Product _product = null!;
    private LoopId _loop;
    private Round _round = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        _round = await _product.RoundAsync(_loop, "2026-11-26");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task An_answer_is_saved_and_the_prompt_becomes_what_was_saved()
    {
        var reply = await _product.AnswerAsync("ben", _round.Id, "4", new() { ["comment"] = "fine", ["drift"] = "unsure", ["struggles"] = "wrong,slow" });
        await _product.DeliverAsync();

        Assert.IsType<Reply.Whisper>(reply);
        var prompt = Assert.Single(_product.Chat.To("dm-ben"), p => p.Key.StartsWith("prompt:"));
        Assert.Contains("wrong or odd results", prompt.Shown);
        var answer = await _product.UseAsync(db => db.Answers.SingleAsync());
        Assert.Equal((4, "fine", Struggles.WrongResults | Struggles.SlowOrDown, DriftSeen.NotSure), (answer.Rating, answer.Comment, answer.Struggles, answer.Drift));
    }

    [Fact]
    public async Task Answered_from_the_prompt_the_prompt_itself_is_replaced_at_once()
    {
        var posted = _product.Chat.To("dm-ben").Single(p => p.Key.StartsWith("prompt:"));

        var reply = await _product.HearAsync(new FormSubmitted(_product.Next(), _product.Workspace, new ChatPerson("ben"), _product.Personal("ben"),
            new(CheckInForm.Name, _round.Id.ToString()), new FormValues(new Dictionary<string, string> { ["rating"] = "4" }), new MessageRef("dm-ben", posted.Id)));

        Assert.IsType<Reply.ReplaceCard>(reply);
    }

    [Theory]
    [InlineData("1,200", null)]
    [InlineData("1,2", 1.2)]
    [InlineData("1200", 1200.0)]
    [InlineData("0.85", 0.85)]
    [InlineData("many", null)]
    public async Task A_number_is_read_as_meant_or_asked_back(string typed, double? read)
    {
        var reply = await _product.AnswerAsync("ana", _round.Id, "4", new() { ["metric"] = typed });

        Assert.Equal(read is null, reply is Reply.FieldErrors);
        Assert.Equal(read, await _product.UseAsync(db => db.Answers.Select(a => a.MetricValue).FirstOrDefaultAsync()));
    }

    [Fact]
    public async Task The_owners_two_numbers_are_taken_from_nobody_else()
    {
        await _product.AnswerAsync("ben", _round.Id, "4", new() { ["metric"] = "9000", ["hours"] = "100" });

        var answer = await _product.UseAsync(db => db.Answers.SingleAsync());
        Assert.Equal((null, null), (answer.MetricValue, answer.SupportHours));
    }

    [Fact]
    public async Task Words_without_a_kind_are_heard_as_something_else()
    {
        await _product.AnswerAsync("ben", _round.Id, "4", new() { ["struggleText"] = "the coffee" });

        Assert.Equal(Struggles.Other, await _product.UseAsync(db => db.Answers.Select(a => a.Struggles).SingleAsync()));
    }

    [Fact]
    public async Task A_changed_mind_replaces_the_answer()
    {
        await _product.AnswerAsync("ben", _round.Id, "2");
        await _product.AnswerAsync("ben", _round.Id, "unused");

        var answer = await _product.UseAsync(db => db.Answers.SingleAsync());
        Assert.Null(answer.Rating);
    }

    [Fact]
    public async Task Faults_are_told_at_their_fields_and_everything_typed_is_kept()
    {
        var longText = new string('x', 2001);
        var reply = await _product.SendAsync("ben", new(CheckInForm.Name, _round.Id.ToString()), new()
        {
            ["struggles"] = "wrong,nonsense", ["comment"] = longText, ["drift"] = "perhaps", ["driftSource"] = "CRM export",
        });

        var errors = Assert.IsType<Reply.FieldErrors>(reply);
        Assert.Equal(["comment", "drift", "rating", "struggles"], errors.Errors.Keys.Order());
        Assert.Contains(longText, CardText.Of(errors.Form.Card));
        Assert.Contains("CRM export", CardText.Of(errors.Form.Card));
        Assert.Empty(await _product.UseAsync(db => db.Answers.ToListAsync()));

        var again = await _product.OpenAsync("ben", OpenCheckIn.Action, _round.Id.ToString());
        Assert.Contains("CRM export", CardText.Of(again.Card));
    }

    [Fact]
    public async Task What_was_typed_survives_closing_the_form_and_is_gone_once_sent()
    {
        await _product.HearAsync(new FormClosed(_product.Next(), _product.Workspace, new ChatPerson("ben"), _product.Personal("ben"),
            new(CheckInForm.Name, _round.Id.ToString()), new FormValues(new Dictionary<string, string> { ["comment"] = "half a thought" })));
        Assert.Contains("half a thought", CardText.Of((await _product.OpenAsync("ben", OpenCheckIn.Action, _round.Id.ToString())).Card));

        await _product.AnswerAsync("ben", _round.Id, "3", new() { ["comment"] = "a whole thought" });

        Assert.Empty(await _product.UseAsync(db => db.Drafts.ToListAsync()));
        Assert.Contains("a whole thought", CardText.Of((await _product.OpenAsync("ben", OpenCheckIn.Action, _round.Id.ToString())).Card));
    }

    [Fact]
    public async Task Text_without_my_name_is_stored_without_its_author_anywhere()
    {
        await _product.AnswerAsync("ben", _round.Id, "2", new() { ["struggles"] = "job", ["struggleText"] = "I fear for my place", ["nameless"] = "true" });

        var note = await _product.UseAsync(db => db.NamelessNotes.SingleAsync());
        Assert.Equal(("I fear for my place", Struggles.WorriedForJob), (note.Text, note.Struggles));
        Assert.NotEqual(7, note.Id.Version);
        var answer = await _product.UseAsync(db => db.Answers.SingleAsync());
        Assert.Equal((Struggles.None, null), (answer.Struggles, answer.StruggleText));
        Assert.True(await _product.UseAsync(db => db.Invitations.Where(i => i.GaveNameless).Select(i => i.AnsweredAt != null).SingleAsync()));
        foreach (var stored in await _product.UseAsync(db => db.Inbox.Select(i => i.Reply).Concat(db.Outbox.Select(o => o.Card)).ToListAsync()))
        {
            Assert.DoesNotContain("I fear", stored);
            Assert.DoesNotContain("worried what it means", stored);
        }
    }

    [Fact]
    public async Task A_nameless_text_is_not_taken_twice_when_the_answer_is_changed_or_sent_twice()
    {
        var typed = new Dictionary<string, string> { ["struggles"] = "job", ["struggleText"] = "I fear for my place", ["nameless"] = "true" };
        await _product.AnswerAsync("ben", _round.Id, "2", typed);
        await _product.AnswerAsync("ben", _round.Id, "2", typed);
        await _product.AnswerAsync("ben", _round.Id, "5", new() { ["struggles"] = "slow" });

        Assert.Single(await _product.UseAsync(db => db.NamelessNotes.ToListAsync()));
        var form = await _product.OpenAsync("ben", OpenCheckIn.Action, _round.Id.ToString());
        Assert.DoesNotContain("\"id\":\"struggles\"", form.Card.Content.ToJsonString());
    }

    [Fact]
    public async Task Scores_of_fewer_than_three_are_not_shown()
    {
        await _product.AnswerAsync("ana", _round.Id, "5");
        await _product.AnswerAsync("ben", _round.Id, "1");

        await _product.MoveToAsync("2026-11-26T09:30:00Z");

        Assert.Contains("Too few", _product.Chat.Post("digest:").Shown);
        Assert.Contains("2 of 4 answered", _product.Chat.Post("digest:").Shown);
        Assert.DoesNotContain("3.0 of 5", _product.Chat.Post("digest:").Shown);
    }

    [Fact]
    public async Task A_late_answer_changes_the_digest_in_place_when_it_reveals_nobody()
    {
        await _product.AnswerAsync("ana", _round.Id, "5");
        await _product.AnswerAsync("ben", _round.Id, "3");
        await _product.MoveToAsync("2026-11-26T09:30:00Z");

        await _product.AnswerAsync("chloe", _round.Id, "4");
        await _product.DeliverAsync();

        var digest = _product.Chat.Post("digest:");
        Assert.Contains("4.0 of 5", digest.Shown);
        Assert.Contains("1 answer came after the review", digest.Shown);
        Assert.True(digest.Versions.Count > 1);
    }

    [Fact]
    public async Task A_late_answer_that_would_show_one_persons_score_is_held_back_and_said_to_be()
    {
        foreach (var (who, rating) in new[] { ("ana", "5"), ("ben", "3"), ("chloe", "4") })
        {
            await _product.AnswerAsync(who, _round.Id, rating, new() { ["struggles"] = "slow" });
        }

        await _product.MoveToAsync("2026-11-26T09:30:00Z");

        await _product.AnswerAsync("dev", _round.Id, "1", new() { ["struggles"] = "job", ["comment"] = "hates it" });
        await _product.DeliverAsync();

        var shown = _product.Chat.Post("digest:").Shown;
        Assert.Contains("4.0 of 5", shown);
        Assert.Contains("4 of 4 answered", shown);
        Assert.Contains("not in the figures yet", shown);
        Assert.DoesNotContain("worried", shown);
    }

    [Fact]
    public async Task A_change_of_one_counted_answer_is_held_back_too_until_three_change()
    {
        foreach (var (who, rating) in new[] { ("ana", "5"), ("ben", "3"), ("chloe", "4"), ("dev", "4") })
        {
            await _product.AnswerAsync(who, _round.Id, rating);
        }

        await _product.MoveToAsync("2026-11-26T09:30:00Z");
        await _product.AnswerAsync("ana", _round.Id, "1");
        await _product.AnswerAsync("ben", _round.Id, "1");
        await _product.DeliverAsync();
        Assert.Contains("4.0 of 5", _product.Chat.Post("digest:").Shown);

        await _product.AnswerAsync("chloe", _round.Id, "1");
        await _product.DeliverAsync();

        Assert.Contains("1.8 of 5", _product.Chat.Post("digest:").Shown);
        Assert.Equal(4, await _product.UseAsync(db => db.Answers.CountAsync()));
    }

    [Fact]
    public async Task An_answer_after_the_next_week_opened_is_refused_and_not_stored()
    {
        await _product.MoveToAsync("2026-12-02T09:00:00Z");

        var reply = await _product.AnswerAsync("ben", _round.Id, "4");

        Assert.Contains("takes no more answers", CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card));
        Assert.Single(await _product.UseAsync(db => db.Drafts.ToListAsync()));
        Assert.Empty(await _product.UseAsync(db => db.Answers.ToListAsync()));
    }

    [Fact]
    public async Task The_same_delivery_twice_is_answered_alike_and_done_once()
    {
        var delivery = new DeliveryId("again");
        var form = new ActionRef(CheckInForm.Name, _round.Id.ToString());

        var first = await _product.SendAsync("ben", form, new() { ["rating"] = "4" }, delivery);
        var second = await _product.SendAsync("ben", form, new() { ["rating"] = "1" }, delivery);

        Assert.Equal(CardText.Of(Assert.IsType<Reply.Whisper>(first).Card), CardText.Of(Assert.IsType<Reply.Whisper>(second).Card));
        Assert.Equal(4, await _product.UseAsync(db => db.Answers.Select(a => a.Rating).SingleAsync()));
    }

    [Fact]
    public async Task Many_answers_at_the_same_moment_are_all_kept()
    {
        var people = new[] { "ana", "ben", "chloe", "dev" };

        await Task.WhenAll(people.SelectMany(p => new[] { "2", "3", "4" }.Select(r => _product.AnswerAsync(p, _round.Id, r))));

        Assert.Equal(4, await _product.UseAsync(db => db.Answers.CountAsync()));
        Assert.Equal(4, await _product.UseAsync(db => db.Invitations.CountAsync(i => i.AnsweredAt != null)));
    }

    [Fact]
    public async Task The_owner_reports_the_behaviour_metric_and_it_stands_in_the_digest()
    {
        var product = _product;
        var other = await product.StartLoopAsync("Ticket triage", but: new() { ["metric"] = "tickets deflected", ["unit"] = "tickets", ["baseline"] = "10", ["target"] = "60" });
        await product.MoveToAsync("2026-11-25T10:00:00Z");
        var round = await product.UseAsync(db => db.Rounds.SingleAsync(r => r.LoopId == other && r.State == RoundState.Collecting));
        Assert.Contains("tickets deflected", CardText.Of((await product.OpenAsync("ana", OpenCheckIn.Action, round.Id.ToString())).Card));
        Assert.DoesNotContain("tickets deflected", CardText.Of((await product.OpenAsync("ben", OpenCheckIn.Action, round.Id.ToString())).Card));

        await product.AnswerAsync("ana", round.Id, "4", new() { ["metric"] = "41,5" });
        await product.MoveToAsync("2026-11-26T09:30:00Z");

        Assert.Contains("tickets deflected: 41.5 tickets this week; baseline 10, target 60", product.Chat.Post("digest:" + round.Id).Shown);
    }
}
