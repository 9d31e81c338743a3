using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Delivery;

/// <summary>Puts cards into the outbox and looks at them there.</summary>
internal static class Speaking
{
    extension(Product product)
    {
        public Card Words(string words) => product.Get<CardBook>().Fill(new Notice(words)) with { Text = words };

        public Task SayAsync(params string[] keys) => product.SpeakAsync(async (outbox, db) =>
        {
            var channel = await db.Channels.SingleAsync();
            foreach (var key in keys)
            {
                outbox.Post(channel.WorkspaceId, key, channel.Id, product.Words(key));
            }
        });

        public Task SayToAsync(string who, params string[] keys) => product.SpeakAsync(async (outbox, db) =>
        {
            var person = await db.People.SingleAsync(p => p.ExternalId == who);
            foreach (var key in keys)
            {
                outbox.Post(person.WorkspaceId, key, person.Id, product.Words(key));
            }
        });

        public Task ChangeAsync(string key, string words) => product.SpeakAsync(async (outbox, db) =>
            await outbox.ChangeAsync((await db.Workspaces.SingleAsync()).Id, key, product.Words(words), CancellationToken.None));

        public async Task SpeakAsync(Func<Outbox, BotDb, Task> speak)
        {
            await using var scope = product.Get<IServiceScopeFactory>().CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            await speak(scope.ServiceProvider.GetRequiredService<Outbox>(), db);
            await db.SaveChangesAsync();
        }

        public Task<OutboxCard> RowAsync(string key) => product.UseAsync(db => db.Outbox.AsNoTracking().SingleAsync(o => o.Key == key));
    }
}
