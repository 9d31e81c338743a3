using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bot.Web.Playground.Store;

/// <summary>The playground's own tables, beside the product's in the same file and never joined with them: a chat platform's memory.</summary>
public sealed class PlaygroundDb(DbContextOptions<PlaygroundDb> options) : DbContext(options)
{
    public const string HistoryTable = "Playground_Migrations";

    public DbSet<PlaygroundPerson> People => Set<PlaygroundPerson>();

    public DbSet<PlaygroundChannel> Channels => Set<PlaygroundChannel>();

    public DbSet<PlaygroundMessage> Messages => Set<PlaygroundMessage>();

    public DbSet<PendingForm> Forms => Set<PendingForm>();

    public DbSet<LastRead> Reads => Set<LastRead>();

    public DbSet<ClockSetting> Clock => Set<ClockSetting>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PlaygroundPerson>().ToTable("Playground_People");
        modelBuilder.Entity<PlaygroundChannel>(channel =>
        {
            channel.ToTable("Playground_Channels");
            channel.HasIndex(c => c.Name).IsUnique();
        });
        modelBuilder.Entity<PlaygroundMessage>(message =>
        {
            message.ToTable("Playground_Messages");
            message.HasIndex(m => m.Key).IsUnique();
            message.HasIndex(m => new { m.ConversationId, m.ThreadId, m.Id });
        });
        modelBuilder.Entity<PendingForm>(form =>
        {
            form.ToTable("Playground_Forms");
            form.HasIndex(f => new { f.PersonId, f.Name, f.Key });
        });
        modelBuilder.Entity<LastRead>(read =>
        {
            read.ToTable("Playground_Reads");
            read.HasKey(r => new { r.PersonId, r.ConversationId });
        });
        modelBuilder.Entity<ClockSetting>(clock =>
        {
            clock.ToTable("Playground_Clock");
            clock.Property(c => c.Id).ValueGeneratedNever();
        });
    }
}

/// <summary>Instants as UTC milliseconds: SQLite cannot order what it stores for a <see cref="DateTimeOffset"/>.</summary>
public sealed class UtcMilliseconds()
    : ValueConverter<DateTimeOffset, long>(instant => instant.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
