using Bot.Chat;
using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Chat;

// Somebody brings the bot into their own chat: the first, a second, the same again, one who took it away and comes back, and one who was heard of elsewhere meanwhile.
// Taking it away ends nothing for the others.
public sealed class PersonalPresenceTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Each_person_who_adds_the_bot_is_greeted_once()
    {
        await AddAsync("ana");
        await AddAsync("ana");
        await AddAsync("zoe");

        await _product.DeliverAsync();

        Assert.Contains("Register an initiative", Assert.Single(_product.Chat.To("dm-ana")).Shown);
        Assert.Single(_product.Chat.To("dm-zoe"));
    }

    [Fact]
    public async Task Who_removes_the_bot_is_not_written_to_and_the_workspace_stays()
    {
        await AddAsync("ana");
        await _product.DeliverAsync();

        await RemoveAsync("ana");

        Assert.NotNull(await _product.UseAsync(db => db.People.Where(p => p.ExternalId == "ana").Select(p => p.GoneAt).SingleAsync()));
        Assert.Null(await _product.UseAsync(db => db.Workspaces.Select(w => w.RemovedAt).SingleAsync()));
    }

    [Fact]
    public async Task Who_comes_back_is_greeted_again()
    {
        await AddAsync("ana");
        await RemoveAsync("ana");
        await AddAsync("ana");

        await _product.DeliverAsync();

        Assert.Equal(2, _product.Chat.To("dm-ana").Count());
        Assert.Null(await _product.UseAsync(db => db.People.Where(p => p.ExternalId == "ana").Select(p => p.GoneAt).SingleAsync()));
    }

    [Fact]
    public async Task Who_was_heard_of_in_a_channel_meanwhile_is_greeted_again_all_the_same()
    {
        await AddAsync("ana");
        await _product.DeliverAsync();
        await RemoveAsync("ana");
        await _product.TypeAsync("ana", "help");

        await AddAsync("ana");
        await AddAsync("ana");
        await _product.DeliverAsync();

        Assert.Equal(2, _product.Chat.To("dm-ana").Count());
        Assert.Empty(await _product.UseAsync(db => db.Outbox.Where(o => o.State != OutboxState.Delivered).ToListAsync()));
    }

    private Task<Reply> AddAsync(string who) => _product.HearAsync(new BotAdded(_product.Next(), _product.Workspace, Product.Who(who), _product.Personal(who)));

    private Task<Reply> RemoveAsync(string who) => _product.HearAsync(new BotRemoved(_product.Next(), _product.Workspace, Product.Who(who), _product.Personal(who)));
}
