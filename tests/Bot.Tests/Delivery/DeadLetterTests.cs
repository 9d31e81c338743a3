using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Delivery;

// Dead letters: listed without their texts, sent again in order with 48 hours before them, and told instead where they make no sense any more.
public sealed class DeadLetterTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task They_are_listed_with_where_when_what_and_why_and_not_with_what_they_say()
    {
        await DieAsync("notice:1", "a secret text");

        var letter = Assert.Single(await ListAsync());

        Assert.Equal(("Acme", "notice", "Refused: invalid_blocks", _product.Clock.Now), (letter.Workspace, letter.Kind, letter.Why, letter.Since));
        Assert.DoesNotContain("secret", letter.ToString());
        Assert.Single(await ListAsync("acme"));
        Assert.Empty(await ListAsync("other"));
    }

    [Fact]
    public async Task Sent_again_they_go_out_in_their_order_before_what_came_later_and_have_48_hours()
    {
        await DieAsync("first", "first");
        await DieAsync("second", "second");
        _product.Clock.Now = _product.Clock.Now.AddDays(3);
        await SayAsync("third", "third");

        Assert.All(await ResendAllAsync(), outcome => Assert.IsType<ResendOutcome.Waiting>(outcome));
        _product.Chat.Fails = _ => new PostOutcome.Later(TimeSpan.FromHours(47), "down");
        await _product.DeliverAsync();
        Assert.Equal(3, await _product.UseAsync(db => db.Outbox.CountAsync(o => o.State == OutboxState.Waiting)));

        _product.Chat.Fails = _ => null;
        _product.Clock.Now = _product.Clock.Now.AddHours(47);
        await _product.DeliverAsync();
        Assert.Equal(["first", "second", "third"], _product.Chat.Posts.Select(p => p.Key));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task One_of_a_person_who_is_gone_is_told_and_not_sent()
    {
        await _product.UseAsync(async db =>
        {
            var ben = await db.People.SingleAsync(p => p.ExternalId == "ben");
            new Outbox(db, _product.Clock).Post(ben.WorkspaceId, "hello:ben", ben.Id, Words("hello"));
            await db.SaveChangesAsync();
        });
        await RefuseAsync();
        await _product.UseAsync(db => db.People.Where(p => p.ExternalId == "ben").ExecuteUpdateAsync(set => set.SetProperty(p => p.GoneAt, _product.Clock.Now)));

        Assert.Equal("The person is gone.", Why(await ResendAsync("hello:ben")));
        Assert.Equal(OutboxState.Dead, (await RowAsync("hello:ben")).State);
    }

    [Fact]
    public async Task A_prompt_goes_out_again_while_its_week_lasts_and_not_two_days_after_it_closed_nor_once_it_is_answered()
    {
        var loop = await _product.StartLoopAsync();
        _product.Chat.Fails = key => key.StartsWith("prompt") ? new PostOutcome.Refused("invalid_blocks") : null;
        await _product.MoveToAsync("2026-11-25T14:00:00Z");
        var round = await _product.RoundAsync(loop, "2026-11-26");
        _product.Chat.Fails = _ => null;
        var prompts = await ListAsync();
        Assert.Equal(4, prompts.Count);
        await _product.AnswerAsync("ben", round.Id, "4");

        var outcomes = await ResendAllAsync();
        await _product.DeliverAsync();
        Assert.Equal("They have answered by now.", Why(Assert.Single(outcomes, o => o is ResendOutcome.NotSent)));
        Assert.Equal(3, _product.Chat.Posts.Count(p => p.Key.StartsWith("prompt")));

        await _product.MoveToAsync("2026-11-28T12:00:00Z");
        Assert.Equal("The week it is about closed more than 48 hours ago.", Why(Assert.Single(await ResendAllAsync())));
    }

    [Fact]
    public async Task A_change_does_not_go_out_over_a_later_one_and_not_before_the_post_it_changes()
    {
        await SayAsync("news", "one");
        await _product.DeliverAsync();
        await ChangeAsync("news", "two");
        await RefuseAsync();
        await ChangeAsync("news", "three");
        await _product.DeliverAsync();

        var letter = Assert.Single(await ListAsync());
        Assert.Equal("news, changed", letter.Kind);
        Assert.Equal("A later change of the same post is out, or on its way.", Why(await ResendAsync(letter.Id)));

        await _product.UseAsync(db => db.PostedCards.ExecuteDeleteAsync());
        Assert.Equal("The post it changes was never delivered: send that one again.", Why(await ResendAsync(letter.Id)));
        Assert.Equal(["one", "three"], Assert.Single(_product.Chat.Posts).Versions.Select(v => v.Text));
    }

    [Fact]
    public async Task What_is_no_dead_letter_is_said_to_be_none()
    {
        await SayAsync("news", "one");
        Assert.Equal("It is not a dead letter.", Why(await ResendAsync("news")));
        Assert.Equal("There is no such card.", Why(await ResendAsync(Id.New<OutboxId>(_product.Clock))));

        _product.Chat.Fails = _ => new PostOutcome.Gone("channel_not_found");
        await _product.DeliverAsync();
        Assert.Empty(await ListAsync());
        Assert.Equal("Nothing is kept of it: whom it was for is gone.", Why(await ResendAsync("news")));
    }

    private async Task DieAsync(string key, string words)
    {
        await SayAsync(key, words);
        await RefuseAsync();
    }

    private async Task RefuseAsync()
    {
        _product.Chat.Fails = _ => new PostOutcome.Refused("invalid_blocks");
        await _product.DeliverAsync();
        _product.Chat.Fails = _ => null;
    }

    private Card Words(string words) => _product.Get<CardBook>().Fill(new Notice(words)) with { Text = words };

    private Task SayAsync(string key, string words) => _product.UseAsync(async db =>
    {
        var channel = await db.Channels.SingleAsync();
        new Outbox(db, _product.Clock).Post(channel.WorkspaceId, key, channel.Id, Words(words));
        await db.SaveChangesAsync();
    });

    private Task ChangeAsync(string key, string words) => _product.UseAsync(async db =>
    {
        await new Outbox(db, _product.Clock).ChangeAsync((await db.Workspaces.SingleAsync()).Id, key, Words(words), CancellationToken.None);
        await db.SaveChangesAsync();
    });

    private Task<IReadOnlyList<DeadLetter>> ListAsync(string? workspace = null) =>
        _product.AskAsync<ListDeadLetters, IReadOnlyList<DeadLetter>>(list => list.RunAsync(workspace, CancellationToken.None));

    private Task<ResendOutcome> ResendAsync(OutboxId id) => _product.AskAsync<ResendDeadLetter, ResendOutcome>(resend => resend.RunAsync(id, CancellationToken.None));

    private async Task<ResendOutcome> ResendAsync(string key) => await ResendAsync((await RowAsync(key)).Id);

    private async Task<List<ResendOutcome>> ResendAllAsync()
    {
        var outcomes = new List<ResendOutcome>();
        foreach (var letter in await ListAsync())
        {
            outcomes.Add(await ResendAsync(letter.Id));
        }

        return outcomes;
    }

    private static string Why(ResendOutcome outcome) => Assert.IsType<ResendOutcome.NotSent>(outcome).Why;

    private Task<OutboxCard> RowAsync(string key) => _product.UseAsync(db => db.Outbox.AsNoTracking().SingleAsync(o => o.Key == key));
}
